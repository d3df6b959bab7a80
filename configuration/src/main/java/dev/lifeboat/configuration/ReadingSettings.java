package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * How a dump reads its database.
 *
 * @param excludeData tables whose rows stay out, as {@code schema.table}; they are there, and empty, in a restored copy
 * @param rateLimit plain bytes a second that are read from the server at most
 * @param fingerprints whether the dump's rows are hashed as they pass
 * @param globals whether roles and tablespaces are kept beside the dump
 * @param onBlocked what happens when somebody waits for a lock behind ours for longer than {@code blockedAfter}
 */
public record ReadingSettings(
        List<String> excludeData,
        OptionalLong rateLimit,
        CountRule count,
        boolean fingerprints,
        boolean globals,
        OnBlocked onBlocked,
        Duration blockedAfter) {

    /** What a dump does while somebody waits for it. */
    public enum OnBlocked {
        /** Goes on, and says who waited. */
        WARN,
        /** Gives its locks up and fails this attempt; the run tries again later. */
        YIELD
    }

    static ReadingSettings read(Block block) {
        return new ReadingSettings(
                block.list("exclude-data", ReadingSettings::table),
                block.value("rate-limit", Amounts::size).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                block.value("count", CountRule::of).orElseGet(CountRule.BySize::new),
                block.value("fingerprints", Scalar::onOrOff).orElse(true),
                block.value("globals", Scalar::onOrOff).orElse(true),
                block.value("on-blocked", ReadingSettings::onBlocked).orElse(OnBlocked.WARN),
                block.value("blocked-after", Amounts::duration).orElse(Duration.ofSeconds(30)));
    }

    private static OnBlocked onBlocked(JsonNode node) {
        return switch (Scalar.text(node)) {
            case "warn" -> OnBlocked.WARN;
            case "yield" -> OnBlocked.YIELD;
            default -> throw new Refused("neither 'warn' nor 'yield'", "write warn or yield.");
        };
    }

    private static String table(JsonNode node) {
        String table = Scalar.text(node);
        if (!table.matches("(?s)[^.]+\\..+")) {
            throw new Refused("not a table with its schema", "write schema.table, as in public.sessions.");
        }
        return table;
    }
}
