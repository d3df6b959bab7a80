package dev.lifeboat.repository.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line feeds, eight bytes at a time. */
final class LineFeeds {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long FEEDS = '\n' * EACH;

    private LineFeeds() {}

    /** Where the first one is from {@code from} on, or {@code to} if there is none before it. */
    static int next(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long zeroWhereFeed = (long) LONGS.get(bytes, at) ^ FEEDS;
            // The lowest bit that is set belongs to the lowest byte that is zero; those above it may be wrong.
            long found = (zeroWhereFeed - EACH) & ~zeroWhereFeed & TOPS;
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
