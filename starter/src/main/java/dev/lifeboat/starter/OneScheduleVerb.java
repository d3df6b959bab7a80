package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.schedules.PresentSchedule;
import dev.lifeboat.starter.schedules.Schedules;
import dev.lifeboat.starter.schedules.WantedSchedule;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.workflows.connection.TemporalConnection;
import java.util.List;
import java.util.function.BiConsumer;

/** Does something to the schedules that a person named: one, or all of a right such as {@code backup/orders}. */
final class OneScheduleVerb {

    private final Conventions conventions;

    OneScheduleVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    /** Does it to each of them, and says {@code done} of each. */
    int toEach(String named, String done, BiConsumer<Schedules, PresentSchedule> work) {
        Settings settings = conventions.settings();
        try (TemporalConnection temporal = conventions.connect(settings)) {
            Schedules schedules = new Schedules(temporal, Places.homes(settings));
            List<PresentSchedule> meant =
                    meant(named, schedules.present(WantedSchedule.of(settings)).ours());
            meant.forEach(it -> work.accept(schedules, it));
            ObjectNode document = Json.object().put("done", done);
            ArrayNode list = document.putArray("schedules");
            meant.forEach(it -> list.add(it.name()));
            conventions.print(
                    document,
                    meant.stream().map(it -> "%s %s".formatted(done, it.name())).toList());
        }
        return ExitCode.GOOD.number();
    }

    private static List<PresentSchedule> meant(String named, List<PresentSchedule> present) {
        List<PresentSchedule> meant = present.stream()
                .filter(it -> it.name().equals(named) || it.name().startsWith(named + "/"))
                .toList();
        if (meant.isEmpty()) {
            List<String> names = present.stream().map(PresentSchedule::name).toList();
            throw CommandException.usage(
                    "Temporal has no schedule of ours '%s'".formatted(Terminal.clean(named)),
                    Nearest.of(named, names)
                            .map("Did you mean '%s'?"::formatted)
                            .orElse(
                                    names.isEmpty()
                                            ? "'lifeboat schedules apply' makes those of lifeboat.yml."
                                            : "There are: %s.".formatted(String.join(", ", names))));
        }
        return meant;
    }
}
