package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.StoredObjectCheck;
import dev.lifeboat.repository.verification.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Objects that are read back, one after the other. */
final class ReadBack {

    /** So many objects in a row that cannot be read are a store that is away. */
    private static final int PATIENCE = 3;

    private final Repository repository;
    private final LongConsumer progress;
    private final List<Check> checks = new ArrayList<>();
    private final List<Key> suspects = new ArrayList<>();
    private long done;
    private int failures;
    private boolean wasRead;
    private Optional<StoreException> trouble = Optional.empty();

    /** @param progress hears how many bytes were read so far */
    ReadBack(Repository repository, LongConsumer progress) {
        this.repository = repository;
        this.progress = progress;
    }

    /** @throws StoreException UNREACHABLE when the store failed and nothing could be read */
    Share of(List<SealedObject> due) {
        due.forEach(this::read);
        if (!wasRead && trouble.isPresent()) {
            throw trouble.get(); // nothing is lost by beginning anew
        }
        return new Share(List.copyOf(checks), done, List.copyOf(suspects));
    }

    private void read(SealedObject object) {
        Check check = failures == PATIENCE ? notRead(object, "not tried: the store does not answer") : tried(object);
        checks.add(check);
        if (check.verdict() != Verdict.PASS) {
            suspects.add(object.key());
        }
    }

    private Check tried(SealedObject object) {
        long before = done;
        try {
            Check check = StoredObjectCheck.of(repository.store(), object, read -> progress.accept(before + read));
            failures = 0;
            wasRead = true;
            done = before + object.storedBytes();
            return check;
        } catch (StoreException e) {
            failures++;
            trouble = Optional.of(e);
            return notRead(object, String.valueOf(e.getMessage()));
        }
    }

    private static Check notRead(SealedObject object, String why) {
        return new Check("stored", object.key().value(), Verdict.INCONCLUSIVE, why, "it is read again next time");
    }
}
