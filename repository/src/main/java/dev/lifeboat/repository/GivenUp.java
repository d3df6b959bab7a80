package dev.lifeboat.repository;

import java.util.Arrays;

/**
 * What stands in a manifest's place when its backup was given up. The place is created once: so a backup is committed or
 * given up, and an attempt that wakes up late cannot commit what was removed meanwhile.
 */
record GivenUp(BackupId givenUp) {

    private static final int FORMAT = 1;

    byte[] bytes() {
        return Documents.write(this, FORMAT);
    }

    boolean is(byte[] stored) {
        return Arrays.equals(bytes(), stored);
    }
}
