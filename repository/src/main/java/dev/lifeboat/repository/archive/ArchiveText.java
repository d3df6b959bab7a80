package dev.lifeboat.repository.archive;

import java.util.Arrays;

/** A string of an archive: its length, then its bytes; the length -1 stands for none. It may straddle pieces. */
final class ArchiveText {

    /** As a limit: the text is not kept at all. */
    static final int PASS = -1;

    private static final int UNKNOWN = -2;

    private final ArchiveNumber number = new ArchiveNumber();
    private int length = UNKNOWN;
    private int done;
    private byte[] kept = new byte[0];
    private int keptLength;
    private int lastLength;

    /** Reads on; whether all of it is there now. Keeps the text if there is a limit, and shows it to {@code reader}. */
    boolean read(Window window, int limit, Reader reader) {
        if (length == UNKNOWN) {
            if (!number.read(window)) {
                return false;
            }
            begin(window, limit);
            reader.begin(length);
        }
        int piece = Math.min(window.left(), length - done);
        if (piece > 0) {
            reader.add(window.bytes, window.at, piece);
            if (limit != PASS) {
                System.arraycopy(window.bytes, window.at, kept, done, piece);
            }
            window.at += piece;
            done += piece;
        }
        if (done < length) {
            return false;
        }
        keptLength = limit == PASS ? 0 : done;
        lastLength = length;
        length = UNKNOWN;
        return true;
    }

    private void begin(Window window, int limit) {
        length = number.value();
        done = 0;
        if (length < -1) {
            throw window.damaged("a text of %,d bytes".formatted(length));
        }
        if (limit != PASS && length > limit) {
            throw window.damaged("a name of %,d bytes".formatted(length));
        }
        if (limit != PASS && length > kept.length) {
            kept = new byte[length];
        }
    }

    /** Whether the last text was none. */
    boolean isNone() {
        return lastLength < 0;
    }

    /** Whether the last text had no bytes or was none. */
    boolean isEmpty() {
        return lastLength <= 0;
    }

    /** The last text, if it was kept. */
    byte[] kept() {
        return Arrays.copyOf(kept, keptLength);
    }

    /** What looks at a text while it passes. */
    interface Reader {

        Reader NOBODY = new Reader() {
            @Override
            public void begin(int length) {}

            @Override
            public void add(byte[] bytes, int offset, int length) {}
        };

        /** The length is -1 for no text. */
        void begin(int length);

        void add(byte[] bytes, int offset, int length);
    }
}
