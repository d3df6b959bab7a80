package dev.lifeboat.repository;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a backup differs from an earlier one of its kind, in sentences.
 *
 * @param warnings what somebody should look at
 * @param notes what is only worth saying
 */
public record Comparison(List<String> warnings, List<String> notes) {

    /** A run of seconds may take twice as long for any reason. */
    private static final Duration NOTICEABLE = Duration.ofSeconds(10);

    public Comparison {
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    /**
     * Compares two backups of one database.
     *
     * @param tolerance per cent by which the size may differ without a warning; exactly so much is still none
     */
    public static Comparison of(Manifest earlier, Manifest later, int tolerance) {
        List<String> warnings = new ArrayList<>();
        size(earlier.plainBytes(), later.plainBytes(), tolerance).ifPresent(warnings::add);
        duration(duration(earlier), duration(later)).ifPresent(warnings::add);
        warnings.addAll(tables(earlier, later));
        return new Comparison(warnings, schema(earlier, later).stream().toList());
    }

    private static Optional<String> size(long before, long now, int tolerance) {
        // Multiplied and not divided: an empty dump has no per cent, and the boundary is exact.
        if (Math.abs(now - before) * 100 <= before * tolerance) {
            return Optional.empty();
        }
        String changed = before == 0
                ? ""
                : " (%s%d %%)".formatted(now > before ? "+" : "−", Math.round(Math.abs(now - before) * 100.0 / before));
        return Optional.of("the dump has %d bytes, and %d were dumped before%s".formatted(now, before, changed));
    }

    private static Optional<String> duration(Duration before, Duration now) {
        boolean doubled = now.compareTo(before.multipliedBy(2)) >= 0;
        return doubled && now.minus(before).compareTo(NOTICEABLE) >= 0
                ? Optional.of("it took %s, and %s before".formatted(words(now), words(before)))
                : Optional.empty();
    }

    private static Duration duration(Manifest manifest) {
        return Duration.between(manifest.begin(), manifest.end());
    }

    private static List<String> tables(Manifest earlier, Manifest later) {
        Map<String, TableCount> now = later.tables().stream()
                .collect(toMap(Comparison::name, it -> it, (first, second) -> first, LinkedHashMap::new));
        List<String> warnings = new ArrayList<>();
        for (TableCount before : earlier.tables()) {
            String name = name(before);
            Optional.ofNullable(now.get(name))
                    .map(it -> rows(name, before, it))
                    .orElseGet(() -> Optional.of("the table %s is gone".formatted(name)))
                    .ifPresent(warnings::add);
        }
        return warnings;
    }

    private static Optional<String> rows(String name, TableCount before, TableCount now) {
        OptionalLong rows = before.rows();
        if (rows.isPresent() && now.rows().isEmpty()) {
            return Optional.of("the table %s is not counted any more: %s".formatted(name, readable(now.note())));
        }
        return rows.orElse(0) > 0 && now.rows().orElse(1) == 0
                ? Optional.of("the table %s is empty, and had %d rows".formatted(name, rows.getAsLong()))
                : Optional.empty();
    }

    private static Optional<String> schema(Manifest earlier, Manifest later) {
        return earlier.schemaFingerprint().isPresent()
                        && later.schemaFingerprint().isPresent()
                        && !earlier.schemaFingerprint().equals(later.schemaFingerprint())
                ? Optional.of("definitions have changed")
                : Optional.empty();
    }

    private static String name(TableCount table) {
        return "'%s.%s'".formatted(readable(table.schema()), readable(table.name()));
    }

    // Names hold whatever people put into them, and a sentence is one line.
    private static String readable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String words(Duration duration) {
        return "%d:%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
