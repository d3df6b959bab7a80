package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one database is backed up.
 *
 * @param to names of repositories; in this version exactly one
 * @param compressionLevel of zstd, 1 (fast) to 19 (small)
 * @param giveUpAfter how long a run tries before it fails
 * @param finishAlone how long a dump goes on without hearing from Temporal
 * @param stalledAfter how long a dump may move nothing before it is taken for dead
 */
public record BackupSettings(
        String engine,
        List<String> to,
        int compressionLevel,
        Duration giveUpAfter,
        Duration finishAlone,
        Duration stalledAfter) {

    private static final Set<String> ENGINES = Set.of("pg_dump");
    private static final int SMALLEST = 19;

    /** The repository that has the backup first and decides about it. */
    public String home() {
        return to.getFirst();
    }

    static BackupSettings read(Block block, Set<String> repositories) {
        return new BackupSettings(
                block.value("engine", BackupSettings::engine).orElse("pg_dump"),
                to(block, repositories),
                block.value("compression-level", Scalar.number(1, SMALLEST)).orElse(1),
                block.value("give-up-after", Amounts::duration).orElse(Duration.ofHours(12)),
                block.value("finish-alone", Amounts::duration).orElse(Duration.ofHours(24)),
                block.value("stalled-after", Amounts::duration).orElse(Duration.ofMinutes(10)));
    }

    private static List<String> to(Block block, Set<String> repositories) {
        List<String> to = block.list("to", node -> repository(Scalar.text(node), repositories));
        if (!block.has("to")) {
            if (repositories.size() > 1) {
                block.refuseAt(
                        "to",
                        "'to' is missing, and there are several repositories",
                        "write to: [NAME], with one of: %s.".formatted(String.join(", ", repositories)));
            }
            return repositories.stream().limit(1).toList();
        }
        if (block.isEmptyList("to")) {
            block.refuseAt("to", "no repository is named", "write to: [NAME], or remove the key if there is only one.");
        } else if (to.size() > 1) {
            block.refuseAt(
                    "to",
                    "more than one repository is not supported yet",
                    "name one: to: [%s].".formatted(to.getFirst()));
        }
        return to;
    }

    private static String repository(String name, Set<String> repositories) {
        if (repositories.contains(name)) {
            return name;
        }
        throw new Refused("there is no repository %s".formatted(Shown.quoted(name)), Spelling.hint(name, repositories));
    }

    private static String engine(JsonNode node) {
        String engine = Scalar.text(node);
        return Optional.of(engine)
                .filter(ENGINES::contains)
                .orElseThrow(() -> new Refused(
                        "there is no engine %s".formatted(Shown.quoted(engine)), Spelling.hint(engine, ENGINES)));
    }
}
