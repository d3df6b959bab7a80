package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One committed backup as a look at all of them sees it: small, however many tables its manifest lists.
 *
 * @param tag what it was made for; empty if nobody said
 * @param tiers the rhythms that it was made for, such as {@code daily}
 * @param taken the instant of its data, UTC
 * @param done when its last byte was durable, UTC
 * @param manifestSha256 of the stored manifest, in hex: equal ones name equal objects
 * @param signature what its signature is worth
 */
public record Seen(
        BackupId backup,
        String tag,
        Set<String> tiers,
        Instant taken,
        Instant done,
        long plainBytes,
        List<SealedObject> objects,
        String attempt,
        String manifestSha256,
        Check signature) {

    static Seen of(Manifest manifest, String manifestSha256, Check signature) {
        String tag = manifest.tag().orElse("");
        Set<String> tiers = new HashSet<>(manifest.tiers());
        tiers.add(tag);
        return new Seen(
                manifest.backup(),
                tag,
                Set.copyOf(tiers),
                manifest.snapshot().time(),
                manifest.end(),
                manifest.plainBytes(),
                manifest.objects(),
                manifest.attempt(),
                manifestSha256,
                signature);
    }

    /** Whether it may be relied on as far as its signature goes; one that nobody can judge is not held against it. */
    boolean counts() {
        return signature.verdict() != Verdict.FAIL;
    }

    /** Everything that belongs to it. */
    List<Key> keys() {
        List<Key> keys = new ArrayList<>(List.of(Layout.manifest(backup), Layout.attemptFile(backup, attempt)));
        objects.forEach(object -> keys.add(object.key()));
        return keys;
    }
}
