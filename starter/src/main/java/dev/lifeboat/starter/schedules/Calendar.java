package dev.lifeboat.starter.schedules;

import dev.lifeboat.configuration.Cron;
import io.temporal.client.schedules.ScheduleCalendarSpec;
import io.temporal.client.schedules.ScheduleRange;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Local times as Temporal keeps them, field by field, each the numbers that are meant, ascending. Equal ones mean the same,
 * however their ranges were written.
 *
 * @param years none for every year
 * @param weekdays 0 is Sunday
 */
record Calendar(
        List<Integer> seconds,
        List<Integer> minutes,
        List<Integer> hours,
        List<Integer> days,
        List<Integer> months,
        List<Integer> years,
        List<Integer> weekdays) {

    private static final List<Integer> ANY_WEEKDAY =
            IntStream.rangeClosed(0, 6).boxed().toList();

    static Calendar of(Cron.Calendar cron) {
        return new Calendar(
                List.of(0), cron.minutes(), cron.hours(), cron.days(), cron.months(), List.of(), cron.weekdays());
    }

    /** One local time of one year. */
    static Calendar once(LocalDateTime time) {
        return new Calendar(
                List.of(0),
                List.of(time.getMinute()),
                List.of(time.getHour()),
                List.of(time.getDayOfMonth()),
                List.of(time.getMonthValue()),
                List.of(time.getYear()),
                ANY_WEEKDAY);
    }

    static Calendar of(ScheduleCalendarSpec server) {
        return new Calendar(
                numbers(server.getSeconds()),
                numbers(server.getMinutes()),
                numbers(server.getHour()),
                numbers(server.getDayOfMonth()),
                numbers(server.getMonth()),
                numbers(server.getYear()),
                numbers(server.getDayOfWeek()));
    }

    boolean isOnce() {
        return !years.isEmpty();
    }

    /** The year in which a calendar that is meant once happens. */
    int year() {
        return years.getFirst();
    }

    /** Whether a calendar that is meant once happens later than {@code local}. */
    boolean isAfter(LocalDateTime local) {
        // Compared by its numbers: somebody else may have written one that names no day at all.
        int[] last = Stream.of(years, months, days, hours, minutes, seconds)
                .mapToInt(it -> it.isEmpty() ? 0 : it.getLast())
                .toArray();
        int[] now = {
            local.getYear(),
            local.getMonthValue(),
            local.getDayOfMonth(),
            local.getHour(),
            local.getMinute(),
            local.getSecond()
        };
        return Arrays.compare(last, now) > 0;
    }

    ScheduleCalendarSpec toTemporal() {
        return ScheduleCalendarSpec.newBuilder()
                .setSeconds(ranges(seconds))
                .setMinutes(ranges(minutes))
                .setHour(ranges(hours))
                .setDayOfMonth(ranges(days))
                .setMonth(ranges(months))
                .setYear(ranges(years))
                .setDayOfWeek(ranges(weekdays))
                .setComment(isOnce() ? "the clock leaves the time, or its midnight, out on that day" : "")
                .build();
    }

    /** An end or step of nothing means the start alone, or one by one. */
    private static List<Integer> numbers(List<ScheduleRange> ranges) {
        return ranges.stream()
                .flatMap(it -> IntStream.iterate(
                                it.getStart(),
                                number -> number <= Math.max(it.getStart(), it.getEnd()),
                                number -> number + Math.max(1, it.getStep()))
                        .boxed())
                .sorted()
                .distinct()
                .toList();
    }

    /** Numbers that follow each other become one range, and so do all of them if they have one distance. */
    private static List<ScheduleRange> ranges(List<Integer> numbers) {
        int step = numbers.size() < 3 ? 1 : numbers.get(1) - numbers.get(0);
        if (step > 1 && isStep(numbers, step)) {
            return List.of(new ScheduleRange(numbers.getFirst(), numbers.getLast(), step));
        }
        List<ScheduleRange> ranges = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= numbers.size(); i++) {
            if (i == numbers.size() || numbers.get(i) != numbers.get(i - 1) + 1) {
                ranges.add(new ScheduleRange(numbers.get(start), numbers.get(i - 1), 1));
                start = i;
            }
        }
        return ranges;
    }

    private static boolean isStep(List<Integer> numbers, int step) {
        return IntStream.range(1, numbers.size()).allMatch(i -> numbers.get(i) - numbers.get(i - 1) == step);
    }
}
