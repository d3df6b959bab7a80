package dev.lifeboat.configuration;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Local times that come again, as the five UNIX fields say them; in no zone.
 *
 * @param text as it was written
 * @param calendars a local time is meant when one of them names it; two, when day of month and day of week are both
 *     given, because cron then means either
 */
public record Cron(String text, List<Calendar> calendars) {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final String HINT =
            "write five fields: minute, hour, day of month, month, day of week, as in \"0 2 * * *\" (each night at two).";
    // What the parser says about numbers is worth repeating; its other words are about itself.
    private static final Pattern OUT_OF_RANGE = Pattern.compile(".*(?:Value|Period) (\\d{1,9}) not in range \\[(.+)]");

    /**
     * Local times that come again: a moment is meant when each of its fields is in the list, ascending, of that field.
     *
     * @param weekdays 0 is Sunday
     */
    public record Calendar(
            List<Integer> minutes,
            List<Integer> hours,
            List<Integer> days,
            List<Integer> months,
            List<Integer> weekdays) {

        boolean names(LocalDate day) {
            return days.contains(day.getDayOfMonth())
                    && months.contains(day.getMonthValue())
                    && weekdays.contains(day.getDayOfWeek().getValue() % 7);
        }

        /** Whether there is such a day in any year. */
        boolean isPossible() {
            return months.stream()
                    .anyMatch(month -> days.getFirst() <= Month.of(month).maxLength());
        }

        Stream<LocalTime> times() {
            return hours.stream().flatMap(hour -> minutes.stream().map(minute -> LocalTime.of(hour, minute)));
        }
    }

    static Cron read(JsonNode node) {
        return of(Scalar.text(node));
    }

    static Cron of(String text) {
        com.cronutils.model.Cron parsed = parse(text);
        Cron cron = new Cron(text, CronCalendars.of(parsed));
        if (cron.calendars.stream().noneMatch(Calendar::isPossible)) {
            throw new Refused("%s names a day that never comes".formatted(Shown.quoted(text)), HINT);
        }
        return cron;
    }

    private static com.cronutils.model.Cron parse(String text) {
        try {
            return PARSER.parse(text).validate();
        } catch (IllegalArgumentException e) {
            throw new Refused("%s is no cron%s".formatted(Shown.quoted(text), why(e)), HINT);
        }
    }

    private static String why(IllegalArgumentException e) {
        return Optional.ofNullable(e.getMessage())
                .map(OUT_OF_RANGE::matcher)
                .filter(Matcher::matches)
                .map(it -> ": %s is not within %s"
                        .formatted(it.group(1), it.group(2).replace(", ", " to ")))
                .orElse("");
    }

    /** The local times of one day, ascending. */
    List<LocalTime> times(LocalDate day) {
        return times(day, any -> true);
    }

    /** Those of them that are meant because of its day of the week. */
    List<LocalTime> timesByWeekday(LocalDate day) {
        return times(day, it -> it.weekdays().size() < DayOfWeek.values().length);
    }

    private List<LocalTime> times(LocalDate day, Predicate<Calendar> wanted) {
        return calendars.stream()
                .filter(wanted)
                .filter(it -> it.names(day))
                .flatMap(Calendar::times)
                .sorted()
                .distinct()
                .toList();
    }

    /** Whether a local time is one of those that are meant. */
    public boolean names(LocalDateTime time) {
        return times(time.toLocalDate()).contains(time.toLocalTime());
    }

    @Override
    public String toString() {
        return text;
    }
}
