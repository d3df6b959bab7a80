package dev.lifeboat.repository.signature;

/** What a signature is worth to somebody who trusts certain keys. */
public sealed interface Judgement {

    /** Signed by a key that is trusted, and unchanged since. */
    record Good(String by) implements Judgement {}

    /** Signed and not changed since, by a key that is not trusted. */
    record Untrusted(String by) implements Judgement {}

    /** It says that it is signed, and is not what was signed; {@code why} in words. */
    record Bad(String why) implements Judgement {}

    /** There is no signature. */
    record Unsigned() implements Judgement {}
}
