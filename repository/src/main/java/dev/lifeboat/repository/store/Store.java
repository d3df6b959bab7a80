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
    default Upload begin(Key key) {
        return begin(key, Placement.NONE);
    }

    /**
     * Begins an object that is kept in a certain way; UNSUITABLE when the store cannot, or did not, keep it so.
     *
     * <p>What a store silently ignored is noticed when the object is committed, and then it is there all the same.
     */
    Upload begin(Key key, Placement placement);

    /** Creates a small object; false if an object of that name exists, whatever it holds. Durable when it returns. */
    default boolean create(Key key, byte[] content) {
        return create(key, content, Placement.NONE);
    }

    /** The same for an object that is kept in a certain way. */
    boolean create(Key key, byte[] content, Placement placement);

    /** The content of a small object, empty if there is none; larger ones than {@link #READ_LIMIT} are refused. */
    Optional<byte[]> read(Key key);

    /** The content of an object; NOT_FOUND if there is none. */
    InputStream open(Key key);

    /** A part of an object: at most {@code length} bytes from {@code offset} on; NOT_FOUND if there is none. */
    InputStream open(Key key, long offset, long length);

    /** How an object is kept, as the store itself says; NOT_FOUND if there is none. */
    Placement placement(Key key);

    /** Refuses what was there before and is not kept as it would be if it were written now. */
    default void checkKept(Key key) {
        checkKept(key, Placement.NONE);
    }

    /**
     * The same for an object that is to be kept in a certain way; UNSUITABLE when the store ignored that, NOT_FOUND if there
     * is none.
     *
     * <p>It may have been written long ago: its lock counts from then, and it may have been moved to a colder class since.
     */
    void checkKept(Key key, Placement placement);

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
