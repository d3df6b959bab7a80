package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a database is backed up without anybody asking; pure, and the same on every machine.
 *
 * @param timetables of each rhythm, the lowest first; none if it is backed up only by hand
 * @param jitter by so much at most a backup is begun later than its point, so that not all begin at once
 * @param catchUpWish how long after its point a backup is still begun, if the file says so
 */
public record BackupSchedule(Map<Rhythm, Timetable> timetables, Duration jitter, Optional<Duration> catchUpWish) {

    public static final BackupSchedule NONE = new BackupSchedule(Map.of(), Duration.ZERO, Optional.empty());

    /** Temporal's own least catch-up window. */
    private static final Duration LEAST_CATCH_UP = Duration.ofSeconds(10);

    public BackupSchedule {
        EnumMap<Rhythm, Timetable> inOrder = new EnumMap<>(Rhythm.class);
        inOrder.putAll(timetables);
        timetables = Collections.unmodifiableMap(inOrder);
    }

    static BackupSchedule read(Block block) {
        ZoneId zone = block.value("zone", Timetable::zone).orElse(ZoneId.of("UTC"));
        Map<Rhythm, Timetable> timetables = new EnumMap<>(Rhythm.class);
        crons(block).forEach((rhythm, cron) -> timetables.put(rhythm, new Timetable(cron, zone)));
        BackupSchedule schedule = new BackupSchedule(
                timetables,
                block.value("jitter", BackupSchedule::durationOrNone).orElse(Duration.ZERO),
                block.value("catch-up", BackupSchedule::catchUp));
        schedule.refuseContradictions(block);
        return schedule;
    }

    private static Map<Rhythm, Cron> crons(Block block) {
        if (!block.isMap("schedule")) {
            return block.value("schedule", Cron::read)
                    .map(daily -> Map.of(Rhythm.DAILY, daily))
                    .orElseGet(Map::of);
        }
        if (block.isEmptyMap("schedule")) {
            block.refuseAt("schedule", "no rhythm is named", "write daily: \"0 2 * * *\", or remove the key.");
        }
        return block.block("schedule", rhythms -> {
            Map<Rhythm, Cron> crons = new EnumMap<>(Rhythm.class);
            for (Rhythm rhythm : Rhythm.values()) {
                rhythms.value(rhythm.word(), Cron::read).ifPresent(cron -> crons.put(rhythm, cron));
            }
            return crons;
        });
    }

    private static Duration durationOrNone(JsonNode node) {
        return node.isTextual() && node.textValue().equals("0s") ? Duration.ZERO : Amounts.duration(node);
    }

    private static Duration catchUp(JsonNode node) {
        Duration duration = Amounts.duration(node);
        if (duration.compareTo(LEAST_CATCH_UP) < 0) {
            throw new Refused("less than Temporal can tell apart", "write 10s or more, or remove the key.");
        }
        return duration;
    }

    private void refuseContradictions(Block block) {
        timetables.keySet().stream()
                .filter(it -> jitter.compareTo(catchUp(it)) >= 0)
                .findFirst()
                .ifPresent(it -> block.refuseAt(
                        "jitter",
                        "the %s backup would begin later than it is caught up".formatted(it.word()),
                        "write less than %s.".formatted(Amounts.inWords(catchUp(it)))));
    }

    public boolean isEmpty() {
        return timetables.isEmpty();
    }

    public Optional<Timetable> timetable(Rhythm rhythm) {
        return Optional.ofNullable(timetables.get(rhythm));
    }

    /** The points of all rhythms later than {@code after} and not later than {@code upTo}, ascending, each once. */
    public List<Instant> points(Instant after, Instant upTo) {
        return timetables.values().stream()
                .flatMap(it -> it.points(after, upTo).stream())
                .sorted()
                .distinct()
                .toList();
    }

    /** The rhythms that have a point at this very instant, the highest first. */
    public List<Rhythm> due(Instant instant) {
        return Rhythm.highestFirst(timetables.entrySet().stream()
                .filter(it -> it.getValue().isPoint(instant))
                .map(Map.Entry::getKey)
                .toList());
    }

    /**
     * How long after its point a backup is still begun: what the file says, and never more than nine tenths of the shortest
     * time between two points, so that one that was missed never begins together with the next, except in a night in which
     * the clock is put forward and moves one point next to another.
     */
    public Duration catchUp(Rhythm rhythm) {
        Duration most = Optional.ofNullable(timetables.get(rhythm))
                .map(it -> it.shortestUnmoved().multipliedBy(9).dividedBy(10))
                .orElse(LEAST_CATCH_UP);
        return catchUpWish.filter(it -> it.compareTo(most) < 0).orElse(most);
    }
}
