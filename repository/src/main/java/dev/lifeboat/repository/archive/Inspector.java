package dev.lifeboat.repository.archive;

/**
 * Reads a custom-format dump ({@code pg_dump -Fc -Z0}) as it passes, in pieces of any size, and says what is in it. One
 * dump each, for one thread; memory grows with the number of tables, not with their rows.
 */
@SuppressWarnings("DoNotCallSuggester") // the reading comes with the next commits
public final class Inspector {

    /** The next bytes. Never throws: what is wrong with them is said at the end. */
    public void add(byte[] bytes, int offset, int length) {
        throw new UnsupportedOperationException("comes with the next commits");
    }

    /**
     * What was found, after the last byte. Throws {@link dev.lifeboat.repository.store.StoreException} of the problem
     * {@code DAMAGED} when the stream was cut, is damaged or is no custom-format dump.
     */
    public Inspection end() {
        throw new UnsupportedOperationException("comes with the next commits");
    }
}
