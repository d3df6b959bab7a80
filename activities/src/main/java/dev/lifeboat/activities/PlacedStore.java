package dev.lifeboat.activities;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Placement;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.repository.store.Upload;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A store in which everything is kept as one backup is kept: its storage class, and locked from when it is written. */
final class PlacedStore implements Store {

    private final Store store;
    private final Supplier<Placement> placement;

    PlacedStore(Store store, Supplier<Placement> placement) {
        this.store = store;
        this.placement = placement;
    }

    @Override
    public Upload begin(Key key, Placement asked) {
        return store.begin(key, chosen(asked));
    }

    @Override
    public boolean create(Key key, byte[] content, Placement asked) {
        return store.create(key, content, chosen(asked));
    }

    @Override
    public void checkKept(Key key, Placement asked) {
        store.checkKept(key, chosen(asked));
    }

    private Placement chosen(Placement asked) {
        return asked.equals(Placement.NONE) ? placement.get() : asked;
    }

    @Override
    public String url() {
        return store.url();
    }

    @Override
    public boolean isEmpty() {
        return store.isEmpty();
    }

    @Override
    public Optional<byte[]> read(Key key) {
        return store.read(key);
    }

    @Override
    public InputStream open(Key key) {
        return store.open(key);
    }

    @Override
    public InputStream open(Key key, long offset, long length) {
        return store.open(key, offset, length);
    }

    @Override
    public Placement placement(Key key) {
        return store.placement(key);
    }

    @Override
    public List<StoredObject> list(Key folder) {
        return store.list(folder);
    }

    @Override
    public List<String> folders(Key folder) {
        return store.folders(folder);
    }

    @Override
    public void delete(Key key) {
        store.delete(key);
    }

    @Override
    public OptionalLong free() {
        return store.free();
    }

    @Override
    public int sweepUploads(Key folder, Instant olderThan) {
        return store.sweepUploads(folder, olderThan);
    }
}
