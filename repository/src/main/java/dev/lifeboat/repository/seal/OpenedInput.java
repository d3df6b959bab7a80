package dev.lifeboat.repository.seal;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;

import dev.lifeboat.repository.store.StoreException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The plain bytes; what decryption and decompression find wrong becomes DAMAGED. */
final class OpenedInput extends FilterInputStream {

    OpenedInput(InputStream plain) {
        super(plain);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            return super.read(bytes, offset, length);
        } catch (StoreException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new StoreException(DAMAGED, "the sealed data cannot be opened to its end", Seal.DAMAGED_HINT, e);
        }
    }
}
