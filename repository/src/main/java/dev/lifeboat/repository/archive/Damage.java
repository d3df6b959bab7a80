package dev.lifeboat.repository.archive;

import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.StoreException.Problem;

/** How a dump can be broken. */
final class Damage {

    private static final String HINT = "restore from another copy or backup, and take a new one";

    private Damage() {}

    static StoreException at(long position, String what) {
        return new StoreException(
                Problem.DAMAGED, "the dump is damaged before byte %,d: %s".formatted(position, what), HINT);
    }

    static StoreException foreign() {
        return new StoreException(Problem.DAMAGED, "this is no custom-format dump", HINT);
    }

    static StoreException cut(String where) {
        return new StoreException(Problem.DAMAGED, "the dump is cut: it ends " + where, HINT);
    }
}
