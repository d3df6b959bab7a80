package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The points in time that a cron names in a zone. Each local time is one point: one that a change of the clock leaves out
 * comes at the first moment after it, and of one that comes twice only the first counts.
 */
public record Timetable(Cron cron, ZoneId zone) {

    /** The farthest that two points can be apart: a leap day, around a century without one. */
    private static final int LONGEST_WAIT = 9 * 366;

    private static final Instant LOOKED_AT_FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final int LOOKED_AT_DAYS = 13 * 366;
    private static final int LOOKED_AT_POINTS = 10_000;

    /** The zone that is written so; an offset is none, because it knows of no summer. */
    static ZoneId zone(JsonNode node) {
        String text = Scalar.text(node);
        if (ZoneId.getAvailableZoneIds().contains(text)) {
            return ZoneId.of(text);
        }
        String hint = Spelling.nearest(text, ZoneId.getAvailableZoneIds())
                .or(() -> ZoneId.getAvailableZoneIds().stream()
                        .filter(it -> it.endsWith("/" + text))
                        .min(String::compareTo))
                .map("did you mean '%s'?"::formatted)
                .orElse("write UTC, or a place such as Europe/Berlin.");
        throw new Refused("there is no zone %s".formatted(Shown.quoted(text)), hint);
    }

    /** All points later than {@code after} and not later than {@code upTo}, ascending. */
    public List<Instant> points(Instant after, Instant upTo) {
        // A day more on each side: local dates of two instants may be a day apart, and a zone may leave a whole day
        // out.
        LocalDate last = after.isAfter(upTo) ? day(after) : day(upTo).plusDays(1);
        return day(after)
                .minusDays(2)
                .datesUntil(last.plusDays(1))
                .flatMap(this::points)
                .filter(it -> it.isAfter(after) && !it.isAfter(upTo))
                .sorted()
                .distinct()
                .toList();
    }

    public boolean isPoint(Instant instant) {
        return points(instant.minusNanos(1), instant).contains(instant);
    }

    /** Whether the local time of {@code instant} is meant and had come before: the clock was put back in between. */
    public boolean isRepeated(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        return cron.names(local) && at(local).isBefore(instant);
    }

    /** When the local time of {@code instant} comes for the last time: later only where the clock is put back over it. */
    public Instant comesLast(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        return local.toInstant(zone.getRules().getValidOffsets(local).getLast());
    }

    /**
     * The last point whose local time does not come again after {@code upTo}. By then it should have begun, even where
     * Temporal begins a local time that comes twice only the second time.
     */
    public Instant lastDue(Instant upTo) {
        Instant point = last(upTo);
        while (comesLast(point).isAfter(upTo)) {
            point = last(point.minusNanos(1));
        }
        return point;
    }

    /** The first point later than {@code after}. */
    public Instant next(Instant after) {
        return day(after)
                .minusDays(2)
                .datesUntil(day(after).plusDays(LONGEST_WAIT))
                .flatMap(this::points)
                .filter(it -> it.isAfter(after))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("'%s' names no day".formatted(cron)));
    }

    /** The last point that is not later than {@code upTo}. */
    public Instant last(Instant upTo) {
        return Stream.iterate(day(upTo).plusDays(1), it -> it.minusDays(1))
                .limit(LONGEST_WAIT)
                .flatMap(it -> points(it).sorted(Comparator.reverseOrder()))
                .filter(it -> !it.isAfter(upTo))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("'%s' names no day".formatted(cron)));
    }

    /** The shortest time between two points of the years around now; the same on every day that it is asked. */
    public Duration shortest() {
        return shortest(any -> true);
    }

    /** The same without those that a change of the clock has moved: in that one night the next may be minutes away. */
    Duration shortestUnmoved() {
        return shortest(local -> !isLeftOut(local));
    }

    private Duration shortest(Predicate<LocalDateTime> wanted) {
        Duration shortest = Duration.ofDays(LONGEST_WAIT);
        Instant before = Instant.MIN;
        for (Instant point : someYears(wanted)) {
            Duration apart = before.equals(Instant.MIN) ? shortest : Duration.between(before, point);
            shortest = apart.compareTo(shortest) < 0 ? apart : shortest;
            before = point;
        }
        return shortest;
    }

    private List<Instant> someYears(Predicate<LocalDateTime> wanted) {
        return day(LOOKED_AT_FROM)
                .datesUntil(day(LOOKED_AT_FROM).plusDays(LOOKED_AT_DAYS))
                .flatMap(day -> cron.times(day).stream().map(day::atTime))
                .filter(wanted)
                .map(this::at)
                .distinct()
                .limit(LOOKED_AT_POINTS)
                .sorted()
                .toList();
    }

    /**
     * The local times between two instants at which Temporal has to be told of a point because the clock was put forward:
     * over the time that the cron names, or over the midnight of its day. Temporal asks for the weekday of a day's midnight,
     * and of one that there is not it takes the evening before.
     */
    public List<LocalDateTime> afterGaps(Instant from, Instant to) {
        List<LocalDateTime> times = new ArrayList<>();
        // The day of a change is not over with it.
        Optional<ZoneOffsetTransition> change = next(zone, from.minus(Duration.ofDays(1)));
        while (change.filter(it -> !it.getInstant().isAfter(to)).isPresent()) {
            ZoneOffsetTransition here = change.get();
            if (here.isGap() && leavesOut(here) && !cron.names(here.getDateTimeAfter())) {
                times.add(here.getDateTimeAfter());
            }
            times.addAll(withoutMidnight(here));
            change = next(zone, here.getInstant());
        }
        LocalDateTime now = LocalDateTime.ofInstant(from, zone);
        return times.stream().filter(it -> it.isAfter(now)).toList();
    }

    private List<LocalDateTime> withoutMidnight(ZoneOffsetTransition change) {
        LocalDate day = change.getDateTimeAfter().toLocalDate();
        boolean there = change.isOverlap()
                || day.atStartOfDay().isBefore(change.getDateTimeBefore())
                || day.atStartOfDay().equals(change.getDateTimeAfter());
        return there
                ? List.of()
                : cron.timesByWeekday(day).stream()
                        .map(day::atTime)
                        .filter(it -> !it.isBefore(change.getDateTimeAfter()))
                        .toList();
    }

    private static Optional<ZoneOffsetTransition> next(ZoneId zone, Instant after) {
        return Optional.ofNullable(zone.getRules().nextTransition(after));
    }

    private boolean leavesOut(ZoneOffsetTransition gap) {
        return gap.getDateTimeBefore()
                .toLocalDate()
                .datesUntil(gap.getDateTimeAfter().toLocalDate().plusDays(1))
                .flatMap(day -> cron.times(day).stream().map(day::atTime))
                .anyMatch(it -> !it.isBefore(gap.getDateTimeBefore()) && it.isBefore(gap.getDateTimeAfter()));
    }

    private boolean isLeftOut(LocalDateTime local) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap();
    }

    private Stream<Instant> points(LocalDate day) {
        return cron.times(day).stream().map(time -> at(day.atTime(time)));
    }

    private Instant at(LocalDateTime local) {
        return Optional.ofNullable(zone.getRules().getTransition(local))
                .filter(ZoneOffsetTransition::isGap)
                .map(ZoneOffsetTransition::getInstant)
                .orElseGet(() -> {
                    // Of two the earlier one is valid first: the offset before the clock was put back.
                    ZoneOffset first = zone.getRules().getValidOffsets(local).getFirst();
                    return local.toInstant(first);
                });
    }

    private LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }
}
