package dev.lifeboat.repository.verification;

import dev.lifeboat.repository.signature.Judgement;
import dev.lifeboat.repository.signature.TrustedKeys;

/** What a signature says to somebody who trusts certain keys, or none yet. */
public final class SignatureCheck {

    private static final String OTHERS =
            "somebody else may have written it: use another repository that has this backup.";
    private static final String TRUST = "if that key is yours, add it to signing.trusted.";

    private SignatureCheck() {}

    /** Never PASS for a document that nobody who is trusted has signed. */
    public static Check of(Judgement judgement, TrustedKeys trusted) {
        return switch (judgement) {
            case Judgement.Good good -> Check.pass("signature", "", "by %s".formatted(good.by()));
            case Judgement.Bad bad -> check(Verdict.FAIL, bad.why(), OTHERS);
            case Judgement.Untrusted other ->
                trusted.isEmpty()
                        ? check(Verdict.INCONCLUSIVE, "by %s, and no key is trusted here".formatted(other.by()), TRUST)
                        : check(Verdict.FAIL, "by %s, which is not trusted here".formatted(other.by()), TRUST);
            case Judgement.Unsigned() ->
                trusted.isEmpty()
                        ? check(
                                Verdict.INCONCLUSIVE,
                                "there is none, and no key is trusted here",
                                "name a key as signing.key where backups are made: openssl genpkey -algorithm ed25519.")
                        : check(Verdict.FAIL, "there is none", OTHERS);
        };
    }

    private static Check check(Verdict verdict, String words, String hint) {
        return new Check("signature", "", verdict, words, hint);
    }
}
