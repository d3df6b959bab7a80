package dev.lifeboat.starter;

import dev.lifeboat.starter.schedules.Schedules;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lifeboat schedules trigger}. */
@Command(
        name = "trigger",
        description = "Begins now what a schedule would begin at its next point; also while it is paused.",
        footer = {"", "Example:", "  lifeboat schedules trigger backup/orders/daily"})
final class TriggerScheduleVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Parameters(paramLabel = "NAME", description = "Such as backup/orders/daily.")
    private String name = "";

    TriggerScheduleVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        return new OneScheduleVerb(conventions).toEach(name, "triggered", Schedules::trigger);
    }
}
