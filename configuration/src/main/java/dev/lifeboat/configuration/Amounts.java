package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes: a whole number and one unit. */
final class Amounts {

    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9})([A-Za-z]+)");
    private static final Map<String, Duration> DURATIONS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZES =
            Map.of("MB", 1_000_000L, "GB", 1_000_000_000L, "MiB", 1L << 20, "GiB", 1L << 30);

    private Amounts() {}

    static Duration duration(JsonNode node) {
        String hint = "write a whole number and one unit: s (seconds), m (minutes), h (hours) or d (days), as in 90s,"
                + " 10m, 26h, 7d.";
        Amount<Duration> amount = amount(node, "a duration", DURATIONS, hint);
        return amount.unit().multipliedBy(amount.number());
    }

    /** A size in bytes. */
    static long size(JsonNode node) {
        String hint = "write a whole number and one unit: MB, GB (decimal) or MiB, GiB, as in 500MB, 10GB.";
        Amount<Long> amount = amount(node, "a size", SIZES, hint);
        return amount.unit() * amount.number();
    }

    /** A duration as it is written in the file, such as {@code 54m}: in the largest unit that keeps it whole. */
    static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static <U> Amount<U> amount(JsonNode node, String what, Map<String, U> units, String hint) {
        if (node.isNumber()) {
            throw new Refused("a number without a unit where %s is expected".formatted(what), hint);
        }
        String text = Scalar.text(node);
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            throw new Refused("%s is not %s".formatted(Shown.quoted(text), what), hint);
        }
        if (!units.containsKey(matcher.group(2))) {
            throw new Refused("%s is not a unit of %s".formatted(Shown.quoted(matcher.group(2)), what), hint);
        }
        long number = Long.parseLong(matcher.group(1));
        if (number == 0) {
            throw new Refused("%s of nothing".formatted(what), hint);
        }
        return new Amount<>(number, units.get(matcher.group(2)));
    }

    private record Amount<U>(long number, U unit) {}
}
