package dev.lifeboat.repository.seal;

import dev.lifeboat.repository.store.StoreException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The stored bytes; a disk or network that fails is told apart from data that is damaged. */
final class StoredSource extends FilterInputStream {

    StoredSource(InputStream stored) {
        super(stored);
    }

    @Override
    public int read() {
        try {
            return super.read();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static StoreException unreachable(IOException e) {
        return new StoreException(
                StoreException.Problem.UNREACHABLE,
                "cannot read the stored data: %s".formatted(e.getMessage()),
                "see the system's log: the disk or the network may be failing.",
                e);
    }
}
