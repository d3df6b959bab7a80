package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.schedules.Change;
import dev.lifeboat.starter.schedules.PresentSchedule;
import dev.lifeboat.starter.schedules.Schedules;
import dev.lifeboat.starter.schedules.WantedSchedule;
import dev.lifeboat.starter.terminal.Colour;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Table;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.starter.terminal.Words;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.schedule.Pause;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code lifeboat schedules list}. */
@Command(
        name = "list",
        description = {
            "Shows our schedules in Temporal: what comes next in UTC and in the schedule's zone, what was missed.",
            "Ends with 1 if one is paused for more than 24 hours, or is not what lifeboat.yml says."
        },
        footer = {"", "Example:", "  lifeboat schedules list"})
final class ListSchedulesVerb implements Callable<Integer> {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Conventions conventions;

    ListSchedulesVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Settings settings = conventions.settings();
        List<WantedSchedule> wanted = WantedSchedule.of(settings);
        Instant now = Instant.now();
        try (TemporalConnection temporal = conventions.connect(settings)) {
            Schedules schedules = new Schedules(temporal, Places.homes(settings));
            Schedules.Present all = schedules.present(wanted);
            List<PresentSchedule> present = all.ours();
            List<String> trouble = trouble(present, schedules.differences(wanted, now), now);
            conventions.print(document(all, trouble), lines(all));
            Terminal terminal = conventions.terminal();
            trouble.forEach(it -> terminal.say(terminal.paint(Colour.BAD, "trouble: ") + Terminal.clean(it)));
            return (trouble.isEmpty() ? ExitCode.GOOD : ExitCode.BAD).number();
        }
    }

    private static List<String> trouble(List<PresentSchedule> present, List<Change> changes, Instant now) {
        List<String> trouble = new ArrayList<>();
        present.stream()
                .filter(it -> it.isPaused() && it.pause().isTooLong(now))
                .map(it -> "%s is %s, so nothing is made; lifeboat schedules resume %s"
                        .formatted(it.name(), ScheduleFindings.words(it.pause()), it.name()))
                .forEach(trouble::add);
        changes.stream()
                .map(it -> switch (it.kind()) {
                    case CREATE -> it.name() + " is in lifeboat.yml and not in Temporal; lifeboat schedules apply";
                    case UPDATE ->
                        "%s is not what lifeboat.yml says (%s); lifeboat schedules apply"
                                .formatted(it.name(), String.join(", ", it.why()));
                    case TAKEN -> String.valueOf(Schedules.taken(it.name()).getMessage());
                    case UNKNOWN ->
                        "nobody knows whether %s is what lifeboat.yml says: %s"
                                .formatted(it.name(), String.join(", ", it.why()));
                    case REMOVE -> it.name() + " is not in lifeboat.yml any more; lifeboat schedules apply";
                })
                .forEach(trouble::add);
        return trouble;
    }

    private static List<String> lines(Schedules.Present all) {
        List<String> lines = new ArrayList<>(all.ours().isEmpty() ? List.of("no schedules") : table(all.ours()));
        all.others().forEach(it -> lines.add("of another installation, and left alone: " + Terminal.clean(it.name())));
        return lines;
    }

    private static List<String> table(List<PresentSchedule> present) {
        Table table =
                new Table("SCHEDULE", "NEXT (UTC)", "NEXT (ITS ZONE)", "LAST (UTC)", "MISSED", "SKIPPED", "STATE");
        present.forEach(it -> table.row(
                it.name(),
                next(it).map(Words::time).orElse("-"),
                next(it).map(next -> local(next, it)).orElse("-"),
                it.last().map(Words::time).orElse("-"),
                Words.count(it.missed()),
                Words.count(it.skipped()),
                it.isPaused() ? ScheduleFindings.words(it.pause()) : "on"));
        return table.lines();
    }

    private static Optional<Instant> next(PresentSchedule schedule) {
        return schedule.next().stream().findFirst();
    }

    private static String local(Instant next, PresentSchedule schedule) {
        return "%s %s".formatted(LOCAL.format(next.atZone(ZoneId.of(schedule.zone()))), schedule.zone());
    }

    private static ObjectNode document(Schedules.Present all, List<String> trouble) {
        ObjectNode document = Json.object();
        ArrayNode list = document.putArray("schedules");
        for (PresentSchedule schedule : all.ours()) {
            Optional<Pause> pause = Optional.of(schedule.pause()).filter(it -> schedule.isPaused());
            ObjectNode node = list.addObject()
                    .put("schedule", schedule.name())
                    .put("zone", schedule.zone())
                    .put("last", schedule.last().map(Instant::toString).orElse(null))
                    .put("missed", schedule.missed())
                    .put("skipped", schedule.skipped())
                    .put("paused", schedule.isPaused())
                    .put(
                            "pausedSince",
                            pause.flatMap(Pause::since).map(Instant::toString).orElse(null))
                    .put("pausedBy", pause.map(Pause::by).orElse(null))
                    .put("reason", pause.map(Pause::reason).orElse(null));
            ArrayNode next = node.putArray("next");
            schedule.next().forEach(it -> next.add(it.toString()));
        }
        ArrayNode others = document.putArray("others");
        all.others().forEach(it -> others.add(it.name()));
        ArrayNode words = document.putArray("trouble");
        trouble.forEach(words::add);
        return document;
    }
}
