package dev.lifeboat.starter.schedules;

import dev.lifeboat.configuration.BackupSchedule;
import dev.lifeboat.configuration.DatabaseSettings;
import dev.lifeboat.configuration.Rhythm;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.Timetable;
import dev.lifeboat.workflows.model.Tag;
import dev.lifeboat.workflows.schedule.ScheduleRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A schedule that {@code lifeboat.yml} wants.
 *
 * @param home the name of the repository that its database is backed up to first
 * @param request what it asks for each time
 * @param jitter by so much at most it begins later than its point
 * @param catchUp so long after its point it still begins
 */
public record WantedSchedule(
        String home, ScheduleRequest request, Timetable timetable, Duration jitter, Duration catchUp) {

    /** All that should exist: one line a kind. */
    private static final List<Function<Settings, Stream<WantedSchedule>>> KINDS =
            List.of(WantedSchedule::backups, WantedSchedule::verifications);

    public static List<WantedSchedule> of(Settings settings) {
        return KINDS.stream().flatMap(kind -> kind.apply(settings)).toList();
    }

    private static Stream<WantedSchedule> backups(Settings settings) {
        return settings.databases().values().stream().flatMap(WantedSchedule::backups);
    }

    private static Stream<WantedSchedule> backups(DatabaseSettings database) {
        return all(database, "backup/" + database.name(), database.backup().schedule());
    }

    private static Stream<WantedSchedule> verifications(Settings settings) {
        return settings.databases().values().stream()
                .flatMap(it -> all(it, "verify/" + it.name(), it.verification().schedule()));
    }

    private static Stream<WantedSchedule> all(DatabaseSettings database, String right, BackupSchedule schedule) {
        String home = database.backup().home();
        return schedule.timetables().entrySet().stream()
                .map(it -> one(home, right, it.getKey(), it.getValue(), schedule));
    }

    private static WantedSchedule one(
            String home, String right, Rhythm rhythm, Timetable timetable, BackupSchedule schedule) {
        return new WantedSchedule(
                home,
                new ScheduleRequest(right, new Tag(rhythm.word()), Optional.empty()),
                timetable,
                schedule.jitter(),
                schedule.catchUp(rhythm));
    }

    /** What a person calls it, such as {@code backup/orders/daily}. */
    public String name() {
        return request.right() + "/" + request.rhythm();
    }

    /** @param homeId the id of the repository that is its home */
    Definition definition(String homeId, Instant now) {
        return Definition.of(this, homeId, now);
    }
}
