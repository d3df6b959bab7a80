package dev.lifeboat.workers.metrics;

import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Labels;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.TestBackup;
import dev.lifeboat.repository.signature.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What a repository holds after some nights, without the data: figures are made of manifests and reports alone. */
final class StoredExamples {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Repository repository;
    private final Optional<SigningKey> key;

    StoredExamples(Repository repository) {
        this(repository, Optional.empty());
    }

    /** @param key signs the manifests, if there is one */
    StoredExamples(Repository repository, Optional<SigningKey> key) {
        this.repository = repository;
        this.key = key;
    }

    /** A committed backup that somebody asked for, began at {@code begun} and took a minute. */
    BackupId backup(String tag, String begun, long plainBytes) {
        return backup(TestBackup.tagged(tag), begun, plainBytes);
    }

    /** A committed backup that a schedule made for {@code nominal}, at which {@code tiers} were due, the highest first. */
    BackupId scheduled(String nominal, String... tiers) {
        return backup(TestBackup.scheduled(Instant.parse(nominal), tiers), nominal, 1_000);
    }

    /** A committed backup whose name says one thing, and whose dump began and ended whenever somebody wrote. */
    BackupId backup(String tag, String named, String began, String ended) {
        BackupId id = BackupId.of("orders", Instant.parse(named), "k3x9");
        return backup(id, TestBackup.tagged(tag), 1_000, Instant.parse(began), Instant.parse(ended));
    }

    private BackupId backup(Labels labels, String begun, long plainBytes) {
        BackupId id = BackupId.of("orders", Instant.parse(begun), "k3x9");
        return backup(id, labels, plainBytes, id.takenAt(), id.takenAt().plusSeconds(60));
    }

    private BackupId backup(BackupId id, Labels labels, long plainBytes, Instant began, Instant ended) {
        Attempt attempt = TestBackup.of(id)
                .content(new byte[Math.toIntExact(plainBytes / 4)])
                .plainBytes(plainBytes)
                .tables(List.of(
                        TableCount.counted("public", "orders", 700), TableCount.counted("public", "items", 300)))
                .took(began, ended)
                .attempt();
        repository.writeAttempt(attempt);
        repository.commit(Manifest.of(attempt, labels), key);
        return id;
    }

    /** The report of a run that ended at {@code ended} with a backup, and with a verdict about it. */
    void goodRun(String tag, String ended, String verdict) {
        report("backup-orders-" + stamp(ended), """
                {"runbook": "BackUpDatabase", "outcome": "COMMITTED", "ended": "%s", "backup": {"tag": "%s"},
                 "verification": {"verdict": "%s"}}""".formatted(ended, tag, verdict));
    }

    /** The report of a run that ended at {@code ended} without a backup. */
    void badRun(String tag, String ended) {
        String run = "backup-orders-" + stamp(ended);
        store(run, "policy.json", "{\"format\": 1, \"tag\": \"%s\"}".formatted(tag));
        report(run, """
                {"runbook": "BackUpDatabase", "outcome": "FAILED", "ended": "%s", "backup": null, "verification": null}""".formatted(ended));
    }

    void report(String run, String json) {
        store(run, "report.json", json);
    }

    private void store(String run, String file, String json) {
        repository.store().create(Layout.report(run, file), json.getBytes(StandardCharsets.UTF_8));
    }

    private static String stamp(String instant) {
        return TIME.format(Instant.parse(instant)) + "-k3x9";
    }
}
