package dev.lifeboat.repository.verification;

import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.seal.Digested;
import dev.lifeboat.repository.store.StoreException;

/** What the reading of one object says about it. */
final class ObjectChecks {

    private static final String STORED = "stored";
    private static final String OPENS = "opens";
    private static final String DAMAGED = "this copy is damaged: use another repository that has this backup.";

    private ObjectChecks() {}

    static Check missing(SealedObject object) {
        return fail(STORED, object, "it is missing");
    }

    /** Something else lies in its place. */
    static Check notAnObject(SealedObject object, StoreException why) {
        return fail(STORED, object, String.valueOf(why.getMessage()));
    }

    static Check refused(SealedObject object, StoreException why) {
        return new Check(STORED, name(object), Verdict.INCONCLUSIVE, String.valueOf(why.getMessage()), why.hint());
    }

    static Check stored(SealedObject object, Digested found) {
        if (found.bytes() > object.storedBytes()) {
            return fail(
                    STORED, object, "it has more than the %d bytes that were written".formatted(object.storedBytes()));
        }
        if (found.bytes() < object.storedBytes()) {
            return fail(
                    STORED,
                    object,
                    "it has %d bytes, and %d were written".formatted(found.bytes(), object.storedBytes()));
        }
        if (!found.sha256().equals(object.storedSha256())) {
            return fail(STORED, object, "it is not what was written: its SHA-256 is %s".formatted(found.sha256()));
        }
        return Check.pass(STORED, name(object), "%d bytes, SHA-256 as written".formatted(found.bytes()));
    }

    static Check opens(SealedObject object, Opened opened) {
        return switch (opened) {
            case Opened.Whole whole -> plain(object, whole.plain());
            case Opened.Broken broken ->
                new Check(
                        OPENS,
                        name(object),
                        Verdict.FAIL,
                        String.valueOf(broken.why().getMessage()),
                        broken.why().hint());
            case Opened.TooLong() ->
                fail(
                        OPENS,
                        object,
                        "it opens to more than the %d bytes that were dumped".formatted(object.plainBytes()));
            case Opened.Closed() ->
                new Check(
                        OPENS,
                        name(object),
                        Verdict.INCONCLUSIVE,
                        "no key is at hand",
                        "name the file of a secret key as 'identity' of this repository, where restores run.");
        };
    }

    private static Check plain(SealedObject object, Digested found) {
        if (found.bytes() != object.plainBytes()) {
            return fail(
                    OPENS,
                    object,
                    "it opens to %d bytes, and %d were dumped".formatted(found.bytes(), object.plainBytes()));
        }
        if (!found.sha256().equals(object.plainSha256())) {
            return fail(OPENS, object, "it opens to something else than was dumped: its SHA-256 differs");
        }
        return Check.pass(
                OPENS, name(object), "to the last block: %d bytes, SHA-256 as dumped".formatted(found.bytes()));
    }

    private static Check fail(String check, SealedObject object, String words) {
        return new Check(check, name(object), Verdict.FAIL, words, DAMAGED);
    }

    private static String name(SealedObject object) {
        return object.key().value();
    }
}
