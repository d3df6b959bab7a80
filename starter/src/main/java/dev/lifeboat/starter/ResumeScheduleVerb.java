package dev.lifeboat.starter;

import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lifeboat schedules resume}. */
@Command(
        name = "resume",
        description = {
            "Lets a paused schedule begin again, from its next point on.",
            "'lifeboat schedules trigger' makes one at once."
        },
        footer = {"", "Example:", "  lifeboat schedules resume backup/orders"})
final class ResumeScheduleVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Parameters(paramLabel = "NAME", description = "Such as backup/orders/daily, or backup/orders for all of it.")
    private String name = "";

    ResumeScheduleVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        String operator = conventions.surroundings().operator();
        return new OneScheduleVerb(conventions)
                .toEach(name, "resumed", (schedules, it) -> schedules.resume(it, Instant.now(), operator));
    }
}
