package dev.lifeboat.starter;

import dev.lifeboat.starter.terminal.CommandException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lifeboat schedules pause}. */
@Command(
        name = "pause",
        description = {
            "Keeps a schedule from beginning anything. What is missed meanwhile is not made up for.",
            "Without a backup for 24 hours it is reported by 'lifeboat schedules list'."
        },
        footer = {"", "Example:", "  lifeboat schedules pause backup/orders --reason \"moving to another server\""})
final class PauseScheduleVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Parameters(paramLabel = "NAME", description = "Such as backup/orders/daily, or backup/orders for all of it.")
    private String name = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", converter = Label.class, description = "Why.")
    private String reason = "";

    PauseScheduleVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        if (reason.isBlank()) {
            throw CommandException.usage("--reason says nothing", "Say why: somebody will wonder in a month.");
        }
        String operator = conventions.surroundings().operator();
        return new OneScheduleVerb(conventions)
                .toEach(name, "paused", (schedules, it) -> schedules.pause(it, Instant.now(), operator, reason));
    }
}
