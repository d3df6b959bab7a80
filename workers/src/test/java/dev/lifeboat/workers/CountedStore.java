package dev.lifeboat.workers;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Placement;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.repository.store.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A store whose every change is an effect, as slow as a test wants it. */
final class CountedStore implements Store {

    /** The first is the head of the file, the second is the database's bytes. */
    private static final int MIDDLES = 2;

    private static final String NAME = "[a-z]+-\\d{8}T\\d{6}Z-[a-z0-9]+";

    private final Store store;
    private final Effects effects;
    private final long bytesPerSecond;

    CountedStore(Store store, Effects effects, long bytesPerSecond) {
        this.store = store;
        this.effects = effects;
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public Upload begin(Key key, Placement placement) {
        return new CountedUpload(effect("begin", key, () -> store.begin(key, placement)));
    }

    @Override
    public boolean create(Key key, byte[] content, Placement placement) {
        return effect("create", key, () -> store.create(key, content, placement));
    }

    @Override
    public void delete(Key key) {
        effect("delete", key, () -> {
            store.delete(key);
            return key;
        });
    }

    @Override
    public int sweepUploads(Key folder, Instant olderThan) {
        return effects.effect("sweep uploads", () -> store.sweepUploads(folder, olderThan));
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
    public OptionalLong free() {
        return store.free();
    }

    private <T> T effect(String verb, Key key, Supplier<T> work) {
        return effects.effect(verb + " " + shape(key), work);
    }

    private static String shape(Key key) {
        return key.name().replaceAll(NAME, "BACKUP");
    }

    private final class CountedUpload extends Upload {

        private final Upload upload;
        private int writes;

        CountedUpload(Upload upload) {
            this.upload = upload;
        }

        @Override
        public Key key() {
            return upload.key();
        }

        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                int half = length / 2;
                upload.write(bytes, offset, half);
                writes++;
                if (writes <= MIDDLES) {
                    effects.middle("write " + shape(key()));
                }
                upload.write(bytes, offset + half, length - half);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (bytesPerSecond > 0) {
                LockSupport.parkNanos(1_000_000_000L * length / bytesPerSecond);
            }
        }

        @Override
        public void commit() {
            effect("commit", key(), () -> {
                upload.commit();
                return key();
            });
        }

        @Override
        public void close() {
            upload.close();
        }
    }
}
