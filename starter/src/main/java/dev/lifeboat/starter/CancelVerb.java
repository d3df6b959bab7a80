package dev.lifeboat.starter;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.workflows.connection.TemporalConnection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lifeboat cancel}. */
@Command(
        name = "cancel",
        description = {
            "Stops a run: its work is ended, what it left is put back, and its report is stored.",
            "Waits until that is done. A second cancel changes nothing."
        },
        footer = {"", "Example:", "  lifeboat cancel backup/orders"})
final class CancelVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Parameters(paramLabel = "RUN", description = "A run's name, or a right such as backup/orders for its newest run.")
    private String run = "";

    @Option(names = "--no-wait", description = "Ask for it, and do not wait for the end.")
    private boolean noWait;

    CancelVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Settings settings = conventions.settings();
        try (TemporalConnection temporal = conventions.connect(settings)) {
            Runs runs = new Runs(temporal.client());
            RunAddress address = runs.find(run);
            Ending ending = new Ending(conventions, temporal, StoredDocuments.documentsOf(settings));
            RunView before = runs.read(address);
            if (before.state().isOver()) {
                conventions.terminal().say("it is over already; nothing was cancelled");
                return ending.tell(before);
            }
            address.stub(temporal.client()).cancel();
            conventions.terminal().say("asked %s to stop".formatted(before.label()));
            if (noWait) {
                return ending.tell(before);
            }
            RunView after = ending.follow(address);
            int exitCode = ending.tell(after);
            // A run that was cancelled ended as it was asked to.
            return after.state() == RunView.State.CANCELLED ? ExitCode.GOOD.number() : exitCode;
        }
    }
}
