package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one database is backed up.
 *
 * @param to names of repositories, each once; the first one has the backup first and decides about it
 * @param optional those of them without which a run ends well; never the first one
 * @param compressionLevel of zstd, 1 (fast) to 19 (small)
 * @param giveUpAfter how long a run tries before it fails
 * @param finishAlone how long a dump goes on without hearing from Temporal
 * @param stalledAfter how long a dump may move nothing before it is taken for dead
 * @param copyGiveUpAfter how long a copy to an optional repository is tried
 * @param reading how its rows are read
 * @param verify whether a backup is decrypted and decoded to its end by whoever may, before its run ends
 * @param sizeTolerance per cent by which a backup may be larger or smaller than the one before it without a warning
 * @param schedule when it is backed up without anybody asking
 */
public record BackupSettings(
        String engine,
        List<String> to,
        int compressionLevel,
        Duration giveUpAfter,
        Duration finishAlone,
        Duration stalledAfter,
        List<String> optional,
        Duration copyGiveUpAfter,
        ReadingSettings reading,
        boolean verify,
        int sizeTolerance,
        BackupSchedule schedule) {

    private static final Set<String> ENGINES = Set.of("pg_dump");
    private static final int SMALLEST = 19;

    /** The repository that has the backup first and decides about it. */
    public String home() {
        return to.getFirst();
    }

    /** The further repositories, which get a copy. */
    public List<String> further() {
        return to.subList(1, to.size());
    }

    static BackupSettings read(Block block, Set<String> repositories) {
        List<String> to = to(block, repositories);
        return new BackupSettings(
                block.value("engine", BackupSettings::engine).orElse("pg_dump"),
                to,
                block.value("compression-level", Scalar.number(1, SMALLEST)).orElse(1),
                block.value("give-up-after", Amounts::duration).orElse(Duration.ofHours(12)),
                block.value("finish-alone", Amounts::duration).orElse(Duration.ofHours(24)),
                block.value("stalled-after", Amounts::duration).orElse(Duration.ofMinutes(10)),
                optional(block, to),
                block.value("copy-give-up-after", Amounts::duration).orElse(Duration.ofDays(7)),
                ReadingSettings.read(block),
                block.value("verify", Scalar::onOrOff).orElse(true),
                block.value("warn-when-size-changes", BackupSettings::percent).orElse(20),
                BackupSchedule.read(block));
    }

    private static List<String> optional(Block block, List<String> to) {
        List<String> optional = block.list("optional", node -> {
            String name = Scalar.text(node);
            if (!to.contains(name)) {
                throw new Refused("%s is not in 'to'".formatted(Shown.quoted(name)), Spelling.hint(name, to));
            }
            return name;
        });
        if (!to.isEmpty() && optional.contains(to.getFirst())) {
            block.refuseAt(
                    "optional",
                    "the first repository decides about a backup and cannot be optional",
                    "name another one first in 'to'.");
        }
        return optional;
    }

    static int percent(JsonNode node) {
        Matcher percent = Pattern.compile("([1-9][0-9]{0,3})%").matcher(Scalar.text(node));
        if (!percent.matches()) {
            throw new Refused("not a number of per cent", "write it as in 20%.");
        }
        return Integer.parseInt(percent.group(1));
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
        } else if (new HashSet<>(to).size() < to.size()) {
            block.refuseAt("to", "a repository is named twice", "name each one once.");
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
