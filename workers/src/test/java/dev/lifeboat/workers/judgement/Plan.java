package dev.lifeboat.workers.judgement;

import dev.lifeboat.configuration.BackupSchedule;
import dev.lifeboat.configuration.DatabaseSettings;
import dev.lifeboat.configuration.Rhythm;
import dev.lifeboat.configuration.Timetable;
import dev.lifeboat.workflows.model.Tag;
import dev.lifeboat.workflows.schedule.ScheduleRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One schedule of {@code lifeboat.yml} as it was applied to Temporal. */
public record Plan(String right, Rhythm rhythm, Timetable timetable, Duration catchUp) {

    /** All schedules of a database: its backups, and the look at all of them. */
    public static List<Plan> of(String name, DatabaseSettings database) {
        return Stream.concat(
                        all("backup/" + name, database.backup().schedule()),
                        all("verify/" + name, database.verification().schedule()))
                .toList();
    }

    private static Stream<Plan> all(String right, BackupSchedule schedule) {
        return schedule.timetables().entrySet().stream()
                .map(it -> new Plan(right, it.getKey(), it.getValue(), schedule.catchUp(it.getKey())));
    }

    boolean isBackup() {
        return right.startsWith("backup/");
    }

    String database() {
        return right.substring(right.indexOf('/') + 1);
    }

    public ScheduleRequest request() {
        return new ScheduleRequest(right, new Tag(rhythm.word()), Optional.empty());
    }

    /** What the product promises something for. */
    public List<Instant> points(Instant after, Instant upTo) {
        return timetable.points(after, upTo);
    }

    /** What Temporal begins a run for: a local time that comes twice is two times to it. */
    public List<Instant> firings(Instant after, Instant upTo) {
        return points(after, upTo).stream()
                .flatMap(it -> Stream.concat(Stream.of(it), again(it).stream()))
                .filter(it -> !it.isAfter(upTo))
                .sorted()
                .toList();
    }

    private Optional<Instant> again(Instant point) {
        return Optional.ofNullable(timetable.zone().getRules().nextTransition(point))
                .filter(ZoneOffsetTransition::isOverlap)
                .map(it -> point.minusSeconds(it.getDuration().toSeconds()))
                .filter(timetable::isRepeated);
    }
}
