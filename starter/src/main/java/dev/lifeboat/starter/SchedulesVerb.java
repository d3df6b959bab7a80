package dev.lifeboat.starter;

import dev.lifeboat.starter.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lifeboat schedules}: says which verbs it has. */
@Command(
        name = "schedules",
        description = {
            "Makes, shows, pauses and triggers the schedules in Temporal that lifeboat.yml wants.",
            "docs/schedules.md says how rhythms, zones and catching up work."
        },
        synopsisSubcommandLabel = "VERB",
        footer = {"", "Examples:", "  lifeboat schedules apply --dry-run", "  lifeboat schedules list"})
final class SchedulesVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SchedulesVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        conventions.terminal().say(spec.commandLine().getUsageMessage());
        return ExitCode.USAGE.number();
    }
}
