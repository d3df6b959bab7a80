package dev.lifeboat.repository.store;

import java.io.OutputStream;

/**
 * An object that is being written and that nobody sees before {@link #commit}.
 *
 * <p>Writing throws {@link StoreException} as well as {@code IOException}. Not for use by several threads.
 */
public abstract class Upload extends OutputStream {

    /** The key under which it appears once it is committed. */
    public abstract Key key();

    /** Makes the object durable and visible; throws {@link StoreException} EXISTS when the key is taken. */
    public abstract void commit();

    /** Abandons the upload and leaves nothing, unless it was committed; may be called more than once. */
    @Override
    public abstract void close();
}
