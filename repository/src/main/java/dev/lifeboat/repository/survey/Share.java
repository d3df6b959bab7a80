package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.verification.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * What was read back of a repository in one look.
 *
 * @param checks one for each object and seal that was read
 * @param bytes stored bytes of objects that were read
 * @param suspects what was not as written, or could not be read: due again next time
 */
public record Share(List<Check> checks, long bytes, List<Key> suspects) {

    /**
     * What is due, oldest backup first: that whose turn it is, that suspected, and all of the newest backup if it came since
     * the last look, because a restore would begin with it.
     */
    public static List<Due> due(Shelf shelf, Rotation rotation, Set<Key> suspects) {
        Optional<Seen> fresh = shelf.newest().filter(it -> rotation.isNew(shelf.came(it)));
        List<Due> due = new ArrayList<>();
        for (Seen backup : shelf.backups().reversed()) {
            boolean whole = fresh.filter(backup::equals).isPresent();
            Due.allOf(backup)
                    .filter(it -> whole || suspects.contains(it.key()) || rotation.isDue(it.key(), backup.done()))
                    .forEach(due::add);
        }
        return due;
    }

    /**
     * Reads every byte of these and compares size and SHA-256, or what a seal says, with the manifest. One that cannot be
     * read is a suspect, and the others are read nevertheless, until the store has failed several times in a row.
     *
     * @param progress hears how many bytes were read so far
     * @throws StoreException UNREACHABLE when the store failed and no object could be read
     */
    public static Share read(Repository repository, List<Due> due, LongConsumer progress) {
        return new ReadBack(repository, progress).of(due);
    }
}
