package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.store.Key;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something of a backup that is read back: one of its objects, or the seal of its attempt.
 *
 * @param object what the manifest says of it; empty for the seal, which has to say itself what the manifest says
 */
public record Due(BackupId backup, Key key, Optional<SealedObject> object) {

    /** All that a backup has beside its manifest, which every look reads. */
    static Stream<Due> allOf(Seen seen) {
        Due seal = new Due(seen.backup(), Layout.attemptFile(seen.backup(), seen.attempt()), Optional.empty());
        return Stream.concat(
                seen.objects().stream().map(it -> new Due(seen.backup(), it.key(), Optional.of(it))), Stream.of(seal));
    }

    /** Stored bytes of an object; a seal is not counted. */
    public long bytes() {
        return object.map(SealedObject::storedBytes).orElse(0L);
    }
}
