package dev.lifeboat.repository;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.StoredObject;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The one step that makes a backup count: its manifest is created, and never overwritten. */
final class Committing {

    private final Repository repository;
    private final Store store;

    Committing(Repository repository) {
        this.repository = repository;
        this.store = repository.store();
    }

    CommitResult commit(Manifest manifest, byte[] bytes) {
        if (isFirst(manifest)) {
            checkSealed(manifest);
        }
        return create(manifest, bytes);
    }

    CommitResult commitCopy(Manifest manifest, byte[] bytes) {
        if (isFirst(manifest)) {
            checkSealed(manifest);
            checkSizes(manifest);
        }
        return create(manifest, bytes);
    }

    private boolean isFirst(Manifest manifest) {
        return store.read(Layout.manifest(manifest.backup())).isEmpty();
    }

    private void checkSealed(Manifest manifest) {
        if (store.read(Layout.attemptFile(manifest.backup(), manifest.attempt()))
                .isEmpty()) {
            throw new StoreException(
                    NOT_FOUND,
                    "the attempt '%s' at '%s' is not there any more".formatted(manifest.attempt(), manifest.backup()),
                    "it was swept or discarded: take the backup again.");
        }
    }

    private void checkSizes(Manifest manifest) {
        Map<Key, Long> sizes = store.list(Layout.attempt(manifest.backup(), manifest.attempt())).stream()
                .collect(Collectors.toMap(StoredObject::key, StoredObject::bytes));
        for (SealedObject object : manifest.objects()) {
            long found = Optional.ofNullable(sizes.get(object.key()))
                    .orElseThrow(() -> new StoreException(
                            NOT_FOUND,
                            "'%s' is not in '%s'".formatted(object.key(), store.url()),
                            "copy all objects before the manifest."));
            if (found != object.storedBytes()) {
                throw new StoreException(
                        DAMAGED,
                        "'%s' has %d bytes in '%s', and %d were written"
                                .formatted(object.key(), found, store.url(), object.storedBytes()),
                        "remove this object there and copy it again.");
            }
        }
    }

    private CommitResult create(Manifest manifest, byte[] bytes) {
        if (repository.isGivenUp(manifest.backup())) {
            throw new StoreException(
                    EXISTS, "'%s' was given up".formatted(manifest.backup()), "take the backup again, in a new run.");
        }
        return repository.createOrSame(Layout.manifest(manifest.backup()), bytes)
                ? CommitResult.COMMITTED
                : CommitResult.ALREADY_THERE;
    }
}
