package dev.lifeboat.repository;

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
import java.util.function.Consumer;

/** A store whose process is killed after so many effects. */
class DyingStore implements Store {

    private final Store store;
    private int left;

    DyingStore(Store store, int effects) {
        this.store = store;
        this.left = effects;
    }

    /** Does something until it is killed; whether it was. */
    static boolean killedAfter(Store store, int effects, Consumer<Repository> work) {
        Repository mortal = Repository.open(new DyingStore(store, effects));
        try {
            work.accept(mortal);
            return false;
        } catch (Killed e) {
            return true;
        }
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
    public Upload begin(Key key, Placement placement) {
        die();
        return store.begin(key, placement);
    }

    @Override
    public boolean create(Key key, byte[] content, Placement placement) {
        die();
        return store.create(key, content, placement);
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
    public void checkKept(Key key, Placement placement) {
        store.checkKept(key, placement);
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
        die();
        store.delete(key);
    }

    @Override
    public OptionalLong free() {
        return store.free();
    }

    @Override
    public int sweepUploads(Key folder, Instant olderThan) {
        die();
        return store.sweepUploads(folder, olderThan);
    }

    private void die() {
        if (left-- == 0) {
            throw new Killed();
        }
    }

    /** Not an exception that anybody would catch. */
    private static final class Killed extends Error {}
}
