package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How all backups of one database are looked at together.
 *
 * @param schedule when, as a cron text; empty for half an hour after the daily backup's, or 06:00 if there is none
 * @param zone what the schedule's hours mean
 * @param readAllWithin within so long every stored byte is read back at least once
 * @param oldest how old the newest backup of a kind may be, by kind, {@code any} for whatever kind; only what is written
 * @param sizeTolerance per cent by which a dump may differ from the mean of its kind without a warning
 */
public record VerificationSettings(
        Optional<String> schedule, ZoneId zone, Duration readAllWithin, Map<String, Duration> oldest, int sizeTolerance) {

    /** The limit of whatever kind, for a database whose backups have no schedule. */
    public static final String ANY = "any";

    // A night's run, and then some: what is due at 02:00 may be done at 03:00.
    private static final Map<String, Duration> USUAL = Map.of(
            "hourly", Duration.ofHours(2),
            "daily", Duration.ofHours(25),
            "weekly", Duration.ofDays(7).plusHours(25),
            "monthly", Duration.ofDays(31).plusHours(25),
            "yearly", Duration.ofDays(366).plusHours(25),
            ANY, Duration.ofHours(25));
    private static final List<String> KINDS = List.of("hourly", "daily", "weekly", "monthly", "yearly", ANY);

    /** The limits of those kinds, and of those for which one is written; of any kind if that is none. */
    public Map<String, Duration> limits(List<String> kinds) {
        Map<String, Duration> limits = new LinkedHashMap<>();
        KINDS.stream()
                .filter(it -> kinds.contains(it) || oldest.containsKey(it))
                .forEach(it -> limits.put(it, oldest.getOrDefault(it, USUAL.getOrDefault(it, Duration.ZERO))));
        if (limits.isEmpty()) {
            limits.put(ANY, USUAL.getOrDefault(ANY, Duration.ZERO));
        }
        return limits;
    }

    static VerificationSettings read(Block block) {
        return new VerificationSettings(
                block.value("schedule", Scalar::text),
                block.value("zone", VerificationSettings::zone).orElse(ZoneOffset.UTC),
                block.value("read-all-within", Amounts::duration).orElse(Duration.ofDays(7)),
                block.block("oldest", VerificationSettings::oldest),
                block.value("warn-when-size-changes", BackupSettings::percent).orElse(30));
    }

    private static Map<String, Duration> oldest(Block block) {
        Map<String, Duration> oldest = new LinkedHashMap<>();
        KINDS.forEach(kind -> block.value(kind, Amounts::duration).ifPresent(limit -> oldest.put(kind, limit)));
        return Map.copyOf(oldest);
    }

    private static ZoneId zone(JsonNode node) {
        try {
            return ZoneId.of(Scalar.text(node));
        } catch (DateTimeException e) {
            throw new Refused("there is no such time zone", "write one such as Europe/Berlin, or UTC.");
        }
    }
}
