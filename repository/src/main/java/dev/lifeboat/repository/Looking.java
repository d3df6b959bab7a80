package dev.lifeboat.repository;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;

import dev.lifeboat.repository.seal.Digested;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.LongConsumer;

/** The reading back of stored objects, against the sizes and hashes that were noted while they were written. */
final class Looking {

    private static final int BUFFER = 256 * 1024;
    private static final String HINT = "this copy cannot be trusted: take the backup again and look at the disk.";

    private final Store store;
    private final LongConsumer progress;
    private long total;

    Looking(Store store, LongConsumer progress) {
        this.store = store;
        this.progress = progress;
    }

    ReadBack at(List<SealedObject> objects) {
        objects.forEach(this::look);
        return new ReadBack(objects.size(), total);
    }

    private void look(SealedObject object) {
        Digested found = read(object);
        if (found.bytes() > object.storedBytes()) {
            throw new StoreException(
                    DAMAGED,
                    "'%s' has more than the %d bytes that were written".formatted(object.key(), object.storedBytes()),
                    HINT);
        }
        if (found.bytes() < object.storedBytes()) {
            throw new StoreException(
                    DAMAGED,
                    "'%s' has %d bytes, and %d were written"
                            .formatted(object.key(), found.bytes(), object.storedBytes()),
                    HINT);
        }
        if (!found.sha256().equals(object.storedSha256())) {
            throw new StoreException(
                    DAMAGED, "'%s' is not what was written: its SHA-256 differs".formatted(object.key()), HINT);
        }
    }

    private Digested read(SealedObject object) {
        byte[] buffer = new byte[BUFFER];
        Tally tally = new Tally();
        try (InputStream in = store.open(object.key())) {
            // What was put in its place may never end: one byte too many is enough to know.
            for (int n = in.read(buffer); n >= 0 && tally.bytes() <= object.storedBytes(); n = in.read(buffer)) {
                tally.add(buffer, 0, n);
                total += n;
                progress.accept(total);
            }
            return tally.digested();
        } catch (StoreException e) {
            if (e.problem() == NOT_FOUND) {
                throw new StoreException(DAMAGED, "'%s' is missing".formatted(object.key()), HINT, e);
            }
            throw e;
        } catch (IOException e) {
            throw new StoreException(
                    UNREACHABLE,
                    "cannot read '%s' back: %s".formatted(object.key(), e.getMessage()),
                    "see the system's log: the disk or the network may be failing.",
                    e);
        }
    }
}
