package dev.lifeboat.repository.verification;

import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;

import dev.lifeboat.repository.seal.Digested;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The stored bytes of an object, hashed while somebody else reads them; closing it leaves the object open. */
final class StoredBytes extends InputStream {

    private final InputStream stored;
    private final LongConsumer progress;
    private final Tally tally = new Tally();
    private Optional<StoreException> trouble = Optional.empty();

    StoredBytes(InputStream stored, LongConsumer progress) {
        this.stored = stored;
        this.progress = progress;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            int n = stored.read(bytes, offset, length);
            if (n > 0) {
                tally.add(bytes, offset, n);
                progress.accept(tally.bytes());
            }
            return n;
        } catch (StoreException e) {
            trouble = Optional.of(e);
            throw e;
        } catch (IOException e) {
            StoreException told = new StoreException(
                    UNREACHABLE,
                    "cannot read it to its end: %s".formatted(e.getMessage()),
                    "see the system's log: the disk or the network may be failing.",
                    e);
            trouble = Optional.of(told);
            throw told;
        }
    }

    /** Whether it was the store that failed, and not what was made of its bytes. */
    Optional<StoreException> trouble() {
        return trouble;
    }

    /** What is stored, after the rest was read too; or what was read so far, as soon as that is more than {@code most}. */
    Digested digested(byte[] buffer, long most) {
        while (tally.bytes() <= most && read(buffer, 0, buffer.length) >= 0) {
            // hashed as it passes
        }
        return tally.digested();
    }
}
