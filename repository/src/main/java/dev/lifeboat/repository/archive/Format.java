package dev.lifeboat.repository.archive;

/**
 * A version of the archive format that is known. 1.14 is written by PostgreSQL 12 to 15 and was tried on real dumps. 1.15,
 * of 16, and 1.16, of 17 and 18, are read as PostgreSQL's sources lay them out and were tried on constructed dumps only.
 *
 * @param offsetWidth how many bytes a position in the file has, besides its flag
 */
record Format(int minor, int offsetWidth) {

    private static final int MAJOR = 1;
    private static final int OLDEST = 14;
    private static final int NEWEST = 16;

    static boolean isKnown(int major, int minor) {
        return major == MAJOR && minor >= OLDEST && minor <= NEWEST;
    }

    String version() {
        return MAJOR + "." + minor;
    }

    /** Since 1.15 the kind of compression is one byte, before it is the level as an integer. Zero is none in both. */
    boolean namesCompression() {
        return minor >= 15;
    }
}
