package dev.lifeboat.activities.schedule;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.TestBackup;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.workflows.activity.ScheduleActivities.Due;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.activity.ScheduleActivities.Point;
import dev.lifeboat.workflows.model.Tag;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A database that is backed up on schedule, and what a worker says of it at one moment. */
final class TestSchedule {

    static final Instant SUNDAY = Instant.parse("2026-11-22T02:00:00Z");
    static final Duration DAY = Duration.ofDays(1);

    private TestTools setup;
    private Instant now = SUNDAY.plusSeconds(3);

    /** With points that meet on Sundays; the repository lies in the folder. */
    TestSchedule(Path folder) {
        setup = new TestTools(folder)
                .database("backup: { schedule: { daily: '0 2 * * *', weekly: '0 2 * * SUN', hourly: '0 * * * *' } }");
    }

    void configure(String settings) {
        setup = setup.database(settings);
    }

    TestTools setup() {
        return setup;
    }

    void now(Instant moment) {
        now = moment;
    }

    Instant now() {
        return now;
    }

    Due due(String rhythm, Instant nominal) {
        return activities().due(new Point("backup/orders", new Tag(rhythm), nominal));
    }

    Missed missed(String rhythm, Instant from, Instant nominal) {
        return activities().missed(new Point("backup/orders", new Tag(rhythm), nominal), from);
    }

    ConfiguredScheduleActivities activities() {
        Tools tools = setup.tools();
        return new ConfiguredScheduleActivities(tools.settings(), tools.repositories(), InstantSource.fixed(now));
    }

    Optional<SigningKey> signingKey() {
        return SigningKey.of(setup.tools().settings().signing());
    }

    /** A backup of that point; one by hand where the tag says so. */
    void commit(Instant nominal, String... tiers) {
        commit(signingKey(), nominal, tiers);
    }

    void commit(Optional<SigningKey> key, Instant nominal, String... tiers) {
        commit(key, nominal, tiers[0].equals("manual"), tiers);
    }

    void commit(Optional<SigningKey> key, Instant nominal, boolean byHand, String... tiers) {
        BackupId backup = BackupId.of("orders", nominal.plusSeconds(1), "k3x9");
        TestBackup.of(backup)
                .commit(setup.open(), byHand ? TestBackup.tagged(tiers[0]) : TestBackup.scheduled(nominal, tiers), key);
    }
}
