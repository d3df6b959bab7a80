package dev.lifeboat.activities.survey;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.pulse.TestPulse;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.TestBackup;
import dev.lifeboat.repository.seal.AgeKeys;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.SurveyActivities;
import dev.lifeboat.workflows.activity.SurveyActivities.ReadShare;
import dev.lifeboat.workflows.activity.SurveyActivities.SurveyOrder;
import dev.lifeboat.workflows.activity.VerificationActivities.Outcome;
import dev.lifeboat.workflows.model.RunName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folders {@code main} and {@code far} with the backups that a test puts there, and the looks at them, at its time. */
final class Stock {

    private final Path far;
    private final TestTools setup;
    private Instant now = Instant.EPOCH;
    private int made;

    Stock(Path folder) {
        far = folder.resolve("far");
        try {
            Files.createDirectory(far);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        setup = new TestTools(folder)
                .repository("shared: true\n  far:\n    url: \"file:%s\"\n    \"recipients\": [%s]"
                        .formatted(far, AgeKeys.generate().recipient()));
    }

    /** What stands below {@code databases.orders}, without indentation. */
    Stock says(String backup, String verification) {
        setup.database("backup: { to: [main, far]%s }\n    verification: { %s }".formatted(backup, verification));
        return this;
    }

    TestTools setup() {
        return setup;
    }

    void at(Instant instant) {
        now = instant;
    }

    Path folder(String repository) {
        return repository.equals("far") ? far : setup.repositoryFolder();
    }

    /** A backup at home, signed as all are. */
    BackupId put(String tag, Instant taken) {
        return put(tag, taken, 1_000);
    }

    BackupId put(String tag, Instant taken, long plainBytes) {
        return put(
                "orders",
                tag,
                taken,
                plainBytes,
                SigningKey.of(setup.tools().settings().signing()));
    }

    BackupId put(String database, String tag, Instant taken, long plainBytes, Optional<SigningKey> signer) {
        BackupId backup = BackupId.of(database, taken, "%04d".formatted(made++));
        Manifest manifest =
                TestBackup.of(backup).plainBytes(plainBytes).commit(setup.open(), TestBackup.tagged(tag), signer);
        arrived("main", backup, manifest.end());
        return backup;
    }

    /** Copies it from home; it arrives there now. */
    void copy(BackupId backup) {
        Repository target = setup.tools().repositories().openOrCreate("far", StoreRight.WRITE);
        setup.open().copyTo(target, backup, bytes -> {});
        arrived("far", backup, now);
    }

    // The time of a file is the machine's, and not the test's.
    private void arrived(String repository, BackupId backup, Instant when) {
        try {
            Files.setLastModifiedTime(
                    folder(repository).resolve(Layout.manifest(backup).value()), FileTime.from(when));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of a backup's only object. */
    Path object(String repository, BackupId backup) {
        return folder(repository).resolve(key(backup));
    }

    /** Turns one bit of its object round, in the same size; returns the bytes that were good. */
    byte[] flip(String repository, BackupId backup) throws IOException {
        byte[] good = Files.readAllBytes(object(repository, backup));
        byte[] rotten = good.clone();
        rotten[rotten.length / 2] ^= 1;
        replace(repository, backup, rotten);
        return good;
    }

    void replace(String repository, BackupId backup, byte[] bytes) throws IOException {
        Path object = object(repository, backup);
        Files.delete(object); // what was stored is read-only
        Files.write(object, bytes);
    }

    static String key(BackupId backup) {
        return TestBackup.key(backup).value();
    }

    SurveyActivities looks() {
        return new RepositorySurveyActivities(setup.tools(), InstantSource.fixed(now));
    }

    SurveyOrder order(String repository) {
        return new SurveyOrder(run(), "orders", repository, Optional.empty());
    }

    /** Reads what is due in a repository and keeps the record, as a verification does. */
    ReadShare readShare(String repository) {
        ReadShare share;
        try (TestPulse pulse = new TestPulse()) {
            share = looks().readShare(order(repository));
        }
        var tools = setup.tools();
        new TemporalVerificationActivities(tools.settings(), tools.repositories())
                .record(
                        "main",
                        new Outcome(
                                run(),
                                "orders",
                                now,
                                Finding.Verdict.PASS,
                                share.readUpTo()
                                        .map(it -> Map.of(repository, it))
                                        .orElseGet(Map::of),
                                Map.of(repository, share.suspects()),
                                List.of()));
        return share;
    }

    private RunName run() {
        return RunName.of("verify", "orders", now, "k3x9");
    }
}
