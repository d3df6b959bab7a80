package dev.lifeboat.repository.store;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** A part of an upload in memory, and the checksum of its bytes, made as they came. */
final class S3Part {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int FIRST_BUFFER = 64 * 1024;

    private final int number;
    private final int size;
    private final CRC32C checksum = new CRC32C();
    private byte[] bytes;
    private int length;

    /** The part with this number, from one on; {@code used} is a buffer that is used again if it is long enough. */
    S3Part(int number, byte[] used) {
        this.number = number;
        this.size = size(number);
        this.bytes = used;
    }

    /**
     * How many bytes a part holds: small at first, because they are kept in memory, and so that 10,000, which is the most
     * there may be, hold five terabytes.
     */
    static int size(int number) {
        if (number <= 1_000) {
            return 16 * MEBIBYTE;
        }
        if (number <= 2_000) {
            return 64 * MEBIBYTE;
        }
        return number <= 4_000 ? 256 * MEBIBYTE : 800 * MEBIBYTE;
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
