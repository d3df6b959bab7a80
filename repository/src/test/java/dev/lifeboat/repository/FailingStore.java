package dev.lifeboat.repository;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Predicate;

/** A store that does not answer for certain objects. */
final class FailingStore extends DyingStore {

    private final Predicate<Key> fails;

    FailingStore(Store store, Predicate<Key> fails) {
        super(store, Integer.MAX_VALUE);
        this.fails = fails;
    }

    @Override
    public InputStream open(Key key) {
        look(key);
        return super.open(key);
    }

    @Override
    public Optional<byte[]> read(Key key) {
        look(key);
        return super.read(key);
    }

    private void look(Key key) {
        if (fails.test(key)) {
            throw new StoreException(StoreException.Problem.UNREACHABLE, "the line is down", "try again.");
        }
    }
}
