package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How all backups of one database are looked at together.
 *
 * @param timetable when. If the file does not say: half an hour after the daily backup, else at 06:00 UTC; never where no
 *     backup has a schedule
 * @param readAllWithin within so long every stored byte is read back at least once
 * @param oldest how old the newest backup of a rhythm may be, by its word; {@link #ANY} is any backup; only what is written
 * @param sizeTolerance per cent by which a dump may differ from the mean of its kind without a warning
 */
public record VerificationSettings(
        Optional<Timetable> timetable, Duration readAllWithin, Map<String, Duration> oldest, int sizeTolerance) {

    /** Any backup, whatever it was made for: the limit of a database whose backups have no schedule. */
    public static final String ANY = "any";

    private static final Duration AFTER_THE_BACKUP = Duration.ofMinutes(30);
    private static final LocalTime OTHERWISE = LocalTime.of(6, 0);
    /** How long a backup may take, or be late, before the one before it is too old. */
    private static final Duration GRACE = Duration.ofHours(1);

    /** When, as a schedule of its one rhythm. */
    public BackupSchedule schedule() {
        return timetable
                .map(it -> new BackupSchedule(Map.of(Rhythm.DAILY, it), Duration.ZERO, Optional.empty()))
                .orElse(BackupSchedule.NONE);
    }

    /**
     * So old the newest backup of each rhythm may be: what the file says, else the time between two points of the schedule,
     * its jitter and an hour. So, without jitter, an hourly one may be 2 hours old and a daily one 25, and over a week-end
     * without backups more.
     */
    public Map<String, Duration> limits(BackupSchedule schedule, Instant now) {
        Map<String, Duration> limits = new LinkedHashMap<>();
        schedule.timetables()
                .forEach((rhythm, timetable) -> limits.put(
                        rhythm.word(),
                        longest(timetable, now).plus(schedule.jitter()).plus(GRACE)));
        if (limits.isEmpty()) {
            limits.put(ANY, Duration.ofDays(1).plus(GRACE));
        }
        limits.putAll(oldest);
        return limits;
    }

    private static Duration longest(Timetable timetable, Instant now) {
        Instant last = timetable.last(now);
        Duration before = Duration.between(timetable.last(last.minusNanos(1)), last);
        Duration here = Duration.between(last, timetable.next(now));
        return before.compareTo(here) > 0 ? before : here;
    }

    static VerificationSettings read(Block block, BackupSchedule backups) {
        Optional<Timetable> daily = backups.timetable(Rhythm.DAILY);
        ZoneId zone = block.value("zone", Timetable::zone)
                .or(() -> daily.map(Timetable::zone))
                .orElse(ZoneId.of("UTC"));
        return new VerificationSettings(
                cron(block, backups).map(it -> new Timetable(it, zone)),
                block.value("read-all-within", Amounts::duration).orElse(Duration.ofDays(7)),
                block.block("oldest", VerificationSettings::oldest),
                block.value("warn-when-size-changes", BackupSettings::percent).orElse(30));
    }

    private static Optional<Cron> cron(Block block, BackupSchedule backups) {
        if (block.has("schedule")) {
            return block.value("schedule", VerificationSettings::cronOrOff).flatMap(it -> it);
        }
        return Optional.of(backups)
                .filter(it -> !it.isEmpty())
                .map(it -> everyDayAt(it.timetable(Rhythm.DAILY)
                        .map(VerificationSettings::after)
                        .orElse(OTHERWISE)));
    }

    private static Optional<Cron> cronOrOff(JsonNode node) {
        return Scalar.text(node).equals("off") ? Optional.empty() : Optional.of(Cron.read(node));
    }

    /** Also on days without a backup: what is stored may be damaged on any. */
    private static Cron everyDayAt(LocalTime time) {
        return Cron.of("%d %d * * *".formatted(time.getMinute(), time.getHour()));
    }

    private static LocalTime after(Timetable daily) {
        return Stream.iterate(LocalDate.EPOCH, it -> it.plusDays(1))
                .flatMap(day -> daily.cron().times(day).stream())
                .findFirst()
                .orElse(OTHERWISE)
                .plus(AFTER_THE_BACKUP);
    }

    private static Map<String, Duration> oldest(Block block) {
        Map<String, Duration> oldest = new LinkedHashMap<>();
        Stream.concat(Stream.of(Rhythm.values()).map(Rhythm::word), Stream.of(ANY))
                .forEach(word -> block.value(word, Amounts::duration).ifPresent(limit -> oldest.put(word, limit)));
        return Collections.unmodifiableMap(oldest);
    }
}
