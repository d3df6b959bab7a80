package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.SealCheck;
import dev.lifeboat.repository.verification.StoredObjectCheck;
import dev.lifeboat.repository.verification.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Objects and seals that are read back, one after the other. */
final class ReadBack {

    /** So many in a row that cannot be read are a store that is away. */
    private static final int PATIENCE = 3;

    private final Repository repository;
    private final LongConsumer progress;
    private final List<Check> checks = new ArrayList<>();
    private final List<Key> suspects = new ArrayList<>();
    private long done;
    private int failures;
    private boolean wasRead;
    private boolean sealsAlone;
    private Optional<StoreException> trouble = Optional.empty();

    /** @param progress hears how many bytes were read so far */
    ReadBack(Repository repository, LongConsumer progress) {
        this.repository = repository;
        this.progress = progress;
    }

    /** @throws StoreException UNREACHABLE when the store failed and no object could be read; of seals alone, no seal */
    Share of(List<Due> due) {
        sealsAlone = due.stream().noneMatch(it -> it.object().isPresent());
        due.forEach(this::read);
        if (!wasRead && trouble.isPresent()) {
            throw trouble.get(); // nothing is lost by beginning anew
        }
        return new Share(List.copyOf(checks), done, List.copyOf(suspects));
    }

    private void read(Due due) {
        Check check = failures == PATIENCE ? notRead(due, "not tried: the store does not answer") : tried(due);
        checks.add(check);
        if (check.verdict() != Verdict.PASS) {
            suspects.add(due.key());
        }
    }

    private Check tried(Due due) {
        long before = done;
        try {
            Check check = due.object()
                    .map(it -> StoredObjectCheck.of(repository.store(), it, read -> progress.accept(before + read)))
                    .orElseGet(() -> SealCheck.of(repository, due.backup(), due.key()));
            // A store that gives a seal of a few kilobytes need not give an object.
            if (due.object().isPresent() || sealsAlone) {
                failures = 0;
                wasRead = true;
            }
            done = before + due.bytes();
            return check;
        } catch (StoreException e) {
            failures++;
            trouble = Optional.of(e);
            return notRead(due, String.valueOf(e.getMessage()));
        }
    }

    private static Check notRead(Due due, String why) {
        String check = due.object().isPresent() ? "stored" : "seal";
        return new Check(check, due.key().value(), Verdict.INCONCLUSIVE, why, "it is read again next time");
    }
}
