package dev.lifeboat.repository.archive;

import dev.lifeboat.repository.store.StoreException;

/** The piece of the stream that is at hand, and how far it was read. The bytes stay the caller's: nothing is copied. */
final class Window {

    byte[] bytes = new byte[0];
    int at;
    int end;
    private int start;
    private long before;

    /** Moves on to the next piece. */
    void over(byte[] next, int offset, int length) {
        before += end - start;
        bytes = next;
        start = offset;
        at = offset;
        end = offset + length;
    }

    int left() {
        return end - at;
    }

    byte next() {
        return bytes[at++];
    }

    /** Says where in the stream it is not as it should be. */
    StoreException damaged(String what) {
        return Damage.at(before + at - start, what);
    }
}
