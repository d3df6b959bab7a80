package dev.lifeboat.repository.archive;

import com.dynatrace.hash4j.hashing.HashStream128;
import java.util.Arrays;

/**
 * The text of a COPY as it passes, in pieces of any size, cut into rows. In a dump a line of backslash and full stop and
 * two empty lines follow the rows; {@code COPY … TO STDOUT} ends without them. Every line feed ends a line, because one
 * within a value is written as backslash and n; for the same reason no row is a lone backslash and full stop.
 */
public final class CopyText {

    private static final int LONG_ROW = 1 << 16;
    private static final int LINES_AFTER = 2;

    private final RowSums sums = new RowSums();
    private final HashStream128 longRow = RowSums.HASHER.hashStream();
    private byte[] begun = new byte[256];
    private int length;
    private boolean isLong;
    private boolean ended;
    private long linesAfter;

    /** The next piece. Rows that lie in it whole are not copied. */
    public void add(byte[] bytes, int offset, int length) {
        int to = offset + length;
        int from = offset;
        for (int feed = LineFeeds.next(bytes, from, to); feed < to; feed = LineFeeds.next(bytes, from, to)) {
            if (isWithinLine()) {
                append(bytes, from, feed);
                endLine();
            } else {
                line(bytes, from, feed - from);
            }
            from = feed + 1;
        }
        append(bytes, from, to);
    }

    private void line(byte[] bytes, int offset, int length) {
        if (ended) {
            // More than two lines, or one with anything in it, never closes the text.
            linesAfter += length == 0 ? 1 : LINES_AFTER + 1;
        } else if (length == 2 && bytes[offset] == '\\' && bytes[offset + 1] == '.') {
            ended = true;
        } else {
            sums.add(bytes, offset, length);
        }
    }

    private void append(byte[] bytes, int from, int to) {
        int more = to - from;
        if (!isLong && more > LONG_ROW - length) {
            longRow.reset().putBytes(begun, 0, length);
            isLong = true;
        }
        if (isLong) {
            longRow.putBytes(bytes, from, more);
            return;
        }
        if (length + more > begun.length) {
            begun = Arrays.copyOf(begun, Math.min(LONG_ROW, 2 * (length + more)));
        }
        System.arraycopy(bytes, from, begun, length, more);
        length += more;
    }

    private void endLine() {
        if (!isLong) {
            line(begun, 0, length);
        } else if (ended) {
            linesAfter += LINES_AFTER + 1;
        } else {
            sums.add(longRow.get());
        }
        length = 0;
        isLong = false;
    }

    private boolean isWithinLine() {
        return isLong || length > 0;
    }

    /** Whether all that ends the rows of a table in a dump has come, and nothing after it. */
    boolean isClosed() {
        return ended && linesAfter == LINES_AFTER && !isWithinLine();
    }

    /** Of the rows that are complete. */
    public RowSums sums() {
        return sums;
    }
}
