package dev.lifeboat.repository.seal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** The lower end of a seal: counts and hashes what is stored, and passes it on without ever closing the target. */
final class StoredEnd implements WritableByteChannel {

    private final OutputStream target;
    private final Tally tally = new Tally();
    private boolean open = true;
    private boolean muted;

    StoredEnd(OutputStream target) {
        this.target = target;
    }

    Tally tally() {
        return tally;
    }

    /** From here on nothing reaches the target: what comes is only the winding up of a failed stream. */
    void mute() {
        muted = true;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        if (!muted) {
            byte[] content = source.array();
            int offset = source.arrayOffset() + source.position();
            tally.add(content, offset, length);
            target.write(content, offset, length);
        }
        source.position(source.limit());
        return length;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        if (!muted) {
            target.flush();
        }
    }
}
