package dev.lifeboat.activities.dump;

import dev.lifeboat.repository.archive.Inspector;
import java.io.IOException;
import java.io.OutputStream;

/** A stream whose bytes an inspector sees, too. It is not the one who closes the target. */
final class Inspected extends OutputStream {

    private final OutputStream target;
    private final Inspector inspector;

    Inspected(OutputStream target, Inspector inspector) {
        this.target = target;
        this.inspector = inspector;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        inspector.add(bytes, offset, length);
        target.write(bytes, offset, length);
    }
}
