package dev.lifeboat.starter;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time that somebody typed as {@code lifeboat.yml} writes them, such as {@code 26h}. */
final class Span implements ITypeConverter<Duration> {

    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    @Override
    public Duration convert(String typed) {
        Matcher shape = SHAPE.matcher(typed);
        if (!shape.matches()) {
            throw new TypeConversionException(
                    "'%s' is no length of time: a whole number and one of s, m, h, d, such as 26h".formatted(typed));
        }
        return Optional.ofNullable(UNITS.get(shape.group(2)))
                .orElseThrow()
                .multipliedBy(Long.parseLong(shape.group(1)));
    }
}
