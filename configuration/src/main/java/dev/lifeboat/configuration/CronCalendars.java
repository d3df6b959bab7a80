package dev.lifeboat.configuration;

import static java.util.Objects.requireNonNull;

import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import dev.lifeboat.configuration.Cron.Calendar;
import java.util.List;
import java.util.stream.IntStream;

/** Turns a parsed cron into the numbers that each of its fields stands for. */
final class CronCalendars {

    private static final List<Integer> ALL_DAYS =
            IntStream.rangeClosed(1, 31).boxed().toList();
    private static final List<Integer> ALL_WEEKDAYS =
            IntStream.rangeClosed(0, 6).boxed().toList();

    private CronCalendars() {}

    static List<Calendar> of(com.cronutils.model.Cron cron) {
        Calendar both = new Calendar(
                numbers(cron, CronFieldName.MINUTE, 0, 59),
                numbers(cron, CronFieldName.HOUR, 0, 23),
                numbers(cron, CronFieldName.DAY_OF_MONTH, 1, 31),
                numbers(cron, CronFieldName.MONTH, 1, 12),
                weekdays(cron));
        if (isOpen(cron, CronFieldName.DAY_OF_MONTH) || isOpen(cron, CronFieldName.DAY_OF_WEEK)) {
            return List.of(both);
        }
        return List.of(
                new Calendar(both.minutes(), both.hours(), both.days(), both.months(), ALL_WEEKDAYS),
                new Calendar(both.minutes(), both.hours(), ALL_DAYS, both.months(), both.weekdays()));
    }

    /** Whether a field leaves the other one alone, in cron's own sense: it begins with a star. */
    private static boolean isOpen(com.cronutils.model.Cron cron, CronFieldName field) {
        return expression(cron, field).asString().startsWith("*");
    }

    /** Sunday may be written 0 or 7. */
    private static List<Integer> weekdays(com.cronutils.model.Cron cron) {
        return numbers(cron, CronFieldName.DAY_OF_WEEK, 0, 7).stream()
                .map(day -> day % 7)
                .sorted()
                .distinct()
                .toList();
    }

    private static List<Integer> numbers(com.cronutils.model.Cron cron, CronFieldName field, int least, int most) {
        return numbers(expression(cron, field), least, most)
                .sorted()
                .distinct()
                .boxed()
                .toList();
    }

    private static FieldExpression expression(com.cronutils.model.Cron cron, CronFieldName field) {
        return requireNonNull(cron.retrieveFieldsAsMap().get(field)).getExpression();
    }

    private static IntStream numbers(FieldExpression expression, int least, int most) {
        return switch (expression) {
            case Always all -> IntStream.rangeClosed(least, most);
            case On one -> IntStream.of(one.getTime().getValue());
            case Between range ->
                IntStream.rangeClosed(
                        number(range.getFrom().getValue()), number(range.getTo().getValue()));
            case Every every -> every(every, least, most);
            case And list -> list.getExpressions().stream().flatMapToInt(it -> numbers(it, least, most));
            default -> throw new IllegalStateException("a UNIX cron holds no " + expression.getClass());
        };
    }

    /** A step through a range, or from one number to the end. */
    private static IntStream every(Every every, int least, int most) {
        int step = every.getPeriod().getValue();
        IntStream from = every.getExpression() instanceof On start
                ? IntStream.rangeClosed(start.getTime().getValue(), most)
                : numbers(every.getExpression(), least, most);
        int[] range = from.toArray();
        return IntStream.range(0, range.length).filter(it -> it % step == 0).map(it -> range[it]);
    }

    private static int number(Object value) {
        return Integer.parseInt(value.toString());
    }
}
