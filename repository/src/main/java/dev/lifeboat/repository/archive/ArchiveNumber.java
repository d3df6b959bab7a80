package dev.lifeboat.repository.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** An integer of an archive: a byte for its sign, then four bytes, the lowest first. It may straddle pieces. */
final class ArchiveNumber {

    /** How many bytes an integer has besides its sign. */
    static final int WIDTH = 4;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private int have;
    private boolean negative;
    private int value;

    /** Reads on; whether all of it is there now. Afterwards the next call begins with the next number. */
    boolean read(Window window) {
        if (have == 0 && window.left() > WIDTH) {
            negative = window.bytes[window.at] != 0;
            value = (int) INTS.get(window.bytes, window.at + 1);
            window.at += WIDTH + 1;
            return true;
        }
        while (have <= WIDTH && window.left() > 0) {
            add(window.next());
        }
        if (have <= WIDTH) {
            return false;
        }
        have = 0;
        return true;
    }

    private void add(byte next) {
        if (have == 0) {
            negative = next != 0;
            value = 0;
        } else {
            value |= (next & 0xff) << (8 * (have - 1));
        }
        have++;
    }

    /** Ids above 2^31 come as negative numbers with the same bits. */
    int value() {
        return negative ? -value : value;
    }
}
