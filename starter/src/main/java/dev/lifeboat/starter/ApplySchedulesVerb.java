package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.schedules.Change;
import dev.lifeboat.starter.schedules.Schedules;
import dev.lifeboat.starter.schedules.WantedSchedule;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.starter.terminal.Words;
import dev.lifeboat.workflows.connection.TemporalConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lifeboat schedules apply}. */
@Command(
        name = "apply",
        description = {
            "Makes the schedules in Temporal what lifeboat.yml says. Twice changes nothing.",
            "Schedules of others are left alone, and one that is paused stays paused."
        },
        footer = {"", "Examples:", "  lifeboat schedules apply --dry-run", "  lifeboat schedules apply"})
final class ApplySchedulesVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Option(names = "--dry-run", description = "Only say what is different.")
    private boolean dryRun;

    ApplySchedulesVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Settings settings = conventions.settings();
        List<WantedSchedule> wanted = WantedSchedule.of(settings);
        Instant now = Instant.now();
        try (TemporalConnection temporal = conventions.connect(settings)) {
            Schedules schedules = new Schedules(temporal, Places.homes(settings));
            List<Change> changes = schedules.differences(wanted, now);
            schedules.refuse(changes);
            if (!dryRun) {
                changes.forEach(it -> schedules.make(it, now));
            }
            conventions.print(document(wanted, changes), lines(wanted, changes, now));
        }
        return ExitCode.GOOD.number();
    }

    private List<String> lines(List<WantedSchedule> wanted, List<Change> changes, Instant now) {
        List<String> lines = new ArrayList<>();
        changes.forEach(it -> lines.add(Terminal.clean(line(it, now))));
        long unchanged = wanted.size()
                - changes.stream().filter(it -> it.kind() != Change.Kind.REMOVE).count();
        lines.add("%s unchanged".formatted(Words.plural(unchanged, "schedule")));
        return lines;
    }

    private String line(Change change, Instant now) {
        String what = (dryRun ? "would %s %s" : "%sd %s")
                .formatted(change.kind().name().toLowerCase(Locale.ROOT), change.name());
        String why = change.why().isEmpty() ? "" : ": " + String.join(", ", change.why());
        String next = change.wanted()
                .map(it -> "; %s in %s, next %s"
                        .formatted(
                                it.timetable().cron(),
                                it.timetable().zone(),
                                Words.time(it.timetable().next(now))))
                .orElse("");
        return what + why + next;
    }

    private ObjectNode document(List<WantedSchedule> wanted, List<Change> changes) {
        ObjectNode document = Json.object().put("dryRun", dryRun).put("wanted", wanted.size());
        ArrayNode list = document.putArray("changes");
        for (Change change : changes) {
            ObjectNode node = list.addObject()
                    .put("schedule", change.name())
                    .put("change", change.kind().name());
            ArrayNode why = node.putArray("why");
            change.why().forEach(why::add);
        }
        return document;
    }
}
