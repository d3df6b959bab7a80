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
 * @param request what it asks for each time
 * @param jitter by so much at most it begins later than its point
 * @param catchUp so long after its point it still begins
 */
public record WantedSchedule(ScheduleRequest request, Timetable timetable, Duration jitter, Duration catchUp) {

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
        return all("backup/" + database.name(), database.backup().schedule());
    }

    private static Stream<WantedSchedule> verifications(Settings settings) {
        return settings.databases().values().stream()
                .flatMap(it -> all("verify/" + it.name(), it.verification().schedule()));
    }

    private static Stream<WantedSchedule> all(String right, BackupSchedule schedule) {
        return schedule.timetables().entrySet().stream().map(it -> one(right, it.getKey(), it.getValue(), schedule));
    }

    private static WantedSchedule one(String right, Rhythm rhythm, Timetable timetable, BackupSchedule schedule) {
        return new WantedSchedule(
                new ScheduleRequest(right, new Tag(rhythm.word()), Optional.empty()),
                timetable,
                schedule.jitter(),
                schedule.catchUp(rhythm));
    }

    /** What a person calls it, such as {@code backup/orders/daily}. */
    public String name() {
        return request.right() + "/" + request.rhythm();
    }

    /** What to tell a server that has these times from {@code now} on. */
    Definition definition(Instant now) {
        return Definition.of(this, now);
    }
}
