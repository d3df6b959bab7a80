package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a further repository lists the newest backup just as its home has it, and how far it is behind if not. Whether the
 * bytes are those that the manifest names is said by the {@link Share} that is read there.
 */
public final class CopyLag {

    private static final String COPY = "copy";

    private CopyLag() {}

    /**
     * Judges the copy in {@code further} of the newest backup that counts at home.
     *
     * @param required whether a backup's run ends well only with that copy
     */
    public static Check of(Shelf home, Shelf further, boolean required, Instant now) {
        Optional<Seen> newest = home.newest();
        if (newest.isEmpty()) {
            return new Check(
                    COPY,
                    further.repository(),
                    Verdict.INCONCLUSIVE,
                    "'%s' has no backup to compare with".formatted(home.repository()),
                    "make one first");
        }
        Optional<Seen> copy = further.backups().stream()
                .filter(it -> it.backup().equals(newest.get().backup()))
                .findFirst();
        return copy.map(it -> same(newest.get(), it, further)).orElseGet(() -> behind(home, further, required, now));
    }

    private static Check same(Seen original, Seen copy, Shelf further) {
        if (!original.manifestSha256().equals(copy.manifestSha256())) {
            return wrong(
                    further,
                    "'%s' in '%s' has another manifest than at home".formatted(copy.backup(), further.repository()));
        }
        Map<Key, Long> sizes =
                further.objects().stream().collect(Collectors.toMap(StoredObject::key, StoredObject::bytes));
        List<Key> missing = copy.objects().stream()
                .filter(it -> !Long.valueOf(it.storedBytes()).equals(sizes.get(it.key())))
                .map(SealedObject::key)
                .toList();
        return missing.isEmpty()
                ? new Check(
                        COPY,
                        further.repository(),
                        Verdict.PASS,
                        "'%s' is there with the same manifest, and with all objects in their size"
                                .formatted(copy.backup()),
                        "")
                : wrong(
                        further,
                        "'%s' is missing or has another size in '%s'"
                                .formatted(missing.getFirst(), further.repository()));
    }

    private static Check wrong(Shelf further, String words) {
        return new Check(COPY, further.repository(), Verdict.FAIL, words, "do not restore from it before you know why");
    }

    private static Check behind(Shelf home, Shelf further, boolean required, Instant now) {
        Set<BackupId> there = further.backups().stream().map(Seen::backup).collect(Collectors.toSet());
        // Those that lack there since the last one that did arrive; the oldest of them says for how long.
        List<Seen> lacking = home.backups().stream()
                .filter(Seen::counts)
                .takeWhile(it -> !there.contains(it.backup()))
                .toList();
        // The clock that says when it was done may be ahead of ours.
        long lag = Math.max(0, Duration.between(lacking.getLast().done(), now).toMinutes());
        return new Check(
                COPY,
                further.repository(),
                required ? Verdict.FAIL : Verdict.WARN,
                "'%s' is not in '%s', which is %d minutes behind and lacks %d"
                        .formatted(lacking.getFirst().backup(), further.repository(), lag, lacking.size()),
                "see what keeps them: lifeboat copies " + home.database());
    }
}
