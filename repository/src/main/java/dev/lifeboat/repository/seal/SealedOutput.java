package dev.lifeboat.repository.seal;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A stream that hashes what is written, compresses it, encrypts it, hashes that, and passes it on.
 *
 * <p>One thread writes; {@link #plainBytes} and {@link #storedBytes} may be asked by any. The target is never closed:
 * its owner commits or abandons it. After a failed write {@link #close} only frees memory and the target stays
 * unfinished; a caller whose <em>source</em> failed says so with {@link #abandon}.
 */
public final class SealedOutput extends OutputStream {

    private static final int GATHERED = 256 * 1024;

    private final Tally plain = new Tally();
    private final StoredEnd end;
    private final OutputStream compressed;
    private State state = State.OPEN;
    private Digested plainResult = new Digested(0, "");
    private Digested storedResult = new Digested(0, "");

    private enum State {
        OPEN,
        BROKEN,
        FINISHED,
        ABANDONED
    }

    SealedOutput(StoredEnd end, WritableByteChannel encrypted, int level, int workers) throws IOException {
        this.end = end;
        ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(new ChannelOutput(encrypted), level);
        zstd.setChecksum(true);
        zstd.setWorkers(workers);
        // Small writes would each cross into native code.
        this.compressed = new BufferedOutputStream(zstd, GATHERED);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (state != State.OPEN) {
            throw new IOException("the sealed stream has ended");
        }
        state = State.BROKEN; // until this write has ended well
        plain.add(bytes, offset, length);
        compressed.write(bytes, offset, length);
        state = State.OPEN;
    }

    /** Does nothing: a flush in the middle would only make the result larger. */
    @Override
    public void flush() {}

    /** Finishes the frames of compression and encryption, so that the stored bytes are complete. */
    @Override
    public void close() throws IOException {
        if (state == State.BROKEN) {
            abandon();
        }
        if (state != State.OPEN) {
            return;
        }
        state = State.BROKEN;
        try {
            compressed.close();
        } catch (IOException | RuntimeException e) {
            state = State.ABANDONED;
            throw e;
        }
        plainResult = plain.digested();
        storedResult = end.tally().digested();
        state = State.FINISHED;
    }

    /** Frees memory without finishing anything: what was stored so far cannot be opened to its end. */
    public void abandon() {
        if (state == State.FINISHED || state == State.ABANDONED) {
            return;
        }
        state = State.ABANDONED;
        end.mute();
        try {
            compressed.close();
        } catch (IOException | RuntimeException e) {
            // it is thrown away; whatever broke it was thrown where it happened
        }
    }

    /** How many bytes were written so far. */
    public long plainBytes() {
        return plain.bytes();
    }

    /** How many bytes were passed on so far. */
    public long storedBytes() {
        return end.tally().bytes();
    }

    /** What was written, after {@link #close}. */
    public Digested plain() {
        finished();
        return plainResult;
    }

    /** What was passed on, after {@link #close}. */
    public Digested stored() {
        finished();
        return storedResult;
    }

    private void finished() {
        if (state != State.FINISHED) {
            throw new IllegalStateException("the sealed stream is not finished");
        }
    }

    /** The encrypting channel as the stream that zstd writes to. */
    private static final class ChannelOutput extends OutputStream {

        private final WritableByteChannel channel;

        private ChannelOutput(WritableByteChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
            while (source.hasRemaining()) {
                channel.write(source);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
