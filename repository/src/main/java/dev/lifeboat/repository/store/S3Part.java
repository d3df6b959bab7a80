package dev.lifeboat.repository.store;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** A part of an upload in memory, and the checksum of its bytes, made as they came. */
final class S3Part {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int MOST = 10_000;
    private static final int SMALL = 1_000;
    private static final int FIRST_BUFFER = 64 * 1024;

    private final int number;
    private final int size;
    private final CRC32C checksum = new CRC32C();
    private byte[] bytes = new byte[0];
    private int length;

    /** The part with this number, from one on. */
    S3Part(int number) {
        this.number = number;
        this.size = size(number);
    }

    /** How many bytes a part holds: small at first, and never large, because they are kept in memory. */
    static int size(int number) {
        return (number <= SMALL ? 16 : 64) * MEBIBYTE;
    }

    /** Whether there may be a part of this number: services take no more in one object. */
    static boolean isAllowed(int number) {
        return number <= MOST;
    }

    /** What fits into all parts that there may be, in GiB. */
    static long mostInAll() {
        return ((long) SMALL * size(1) + (long) (MOST - SMALL) * size(MOST)) / (1024L * MEBIBYTE);
    }

    int number() {
        return number;
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    String checksum() {
        return Checksums.text(checksum);
    }

    boolean isFull() {
        return length == size;
    }

    /** Takes as many of the bytes as there is room for; how many. */
    int take(byte[] from, int offset, int count) {
        int taken = Math.min(count, size - length);
        makeRoomFor(taken);
        System.arraycopy(from, offset, bytes, length, taken);
        checksum.update(from, offset, taken);
        length += taken;
        return taken;
    }

    /** Most objects are small: a buffer grows with what comes. */
    private void makeRoomFor(int more) {
        int needed = length + more;
        if (needed > bytes.length) {
            long grown = Math.max(Math.max(FIRST_BUFFER, needed), bytes.length * 4L);
            bytes = Arrays.copyOf(bytes, (int) Math.min(grown, size));
        }
    }
}
