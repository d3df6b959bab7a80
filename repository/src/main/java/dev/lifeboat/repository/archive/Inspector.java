package dev.lifeboat.repository.archive;

import dev.lifeboat.repository.store.StoreException;
import java.util.Optional;

/**
 * Reads a custom-format dump ({@code pg_dump -Fc -Z0}) as it passes, in pieces of any size, and says what is in it. One
 * dump each, for one thread; memory grows with the number of tables, not with their rows.
 */
public final class Inspector {

    private final Window window = new Window();
    private Stage stage = new Header();
    private Optional<StoreException> trouble = Optional.empty();

    /** The next bytes, which are not kept. Never throws: what is wrong with them is said at the end. */
    public void add(byte[] bytes, int offset, int length) {
        if (trouble.isPresent()) {
            return;
        }
        window.over(bytes, offset, length);
        try {
            for (var next = stage.read(window); next.isPresent(); next = stage.read(window)) {
                stage = next.get();
            }
        } catch (StoreException e) {
            trouble = Optional.of(e);
        }
    }

    /**
     * What was found, after the last byte. Throws {@link StoreException} of the problem {@code DAMAGED} when the stream was
     * cut, is damaged or is no custom-format dump.
     */
    public Inspection end() {
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        return stage.end();
    }
}
