package dev.lifeboat.repository.store;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A place that keeps named objects: created once, never overwritten, listed, read, deleted.
 *
 * <p>Safe for several threads and several processes at once. Every method throws {@link StoreException}.
 */
public interface Store {

    /** The most that {@link #read} returns, in bytes. */
    int READ_LIMIT = 16 * 1024 * 1024;

    /** Where it is, as {@link Stores#open} takes it. */
    String url();

    /** Whether it holds nothing at all, apart from unfinished uploads. */
    boolean isEmpty();

    /** Begins an object; the key is only taken when the upload is committed. */
    Upload begin(Key key);

    /** Creates a small object; false if an object of that name exists, whatever it holds. Durable when it returns. */
    boolean create(Key key, byte[] content);

    /** The content of a small object, empty if there is none; larger ones than {@link #READ_LIMIT} are refused. */
    Optional<byte[]> read(Key key);

    /** The content of an object; NOT_FOUND if there is none. */
    InputStream open(Key key);

    /** All objects below a folder, at any depth, sorted by key; no objects if there is no such folder. */
    List<StoredObject> list(Key folder);

    /** The names of the direct folders in a folder that have objects below them, sorted. */
    List<String> folders(Key folder);

    /** Deletes an object; does nothing if it is gone. */
    void delete(Key key);

    /** How many more bytes fit, if the store can tell. */
    OptionalLong free();

    /** Removes unfinished uploads below a folder that were last written before {@code olderThan}; returns how many. */
    int sweepUploads(Key folder, Instant olderThan);
}
