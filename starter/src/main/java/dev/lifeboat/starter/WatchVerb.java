package dev.lifeboat.starter;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.workflows.connection.TemporalConnection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lifeboat watch}. */
@Command(
        name = "watch",
        description = "Shows a run while it goes on, until it ends.",
        footer = {"", "Example:", "  lifeboat watch backup/orders"})
final class WatchVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Parameters(paramLabel = "RUN", description = "A run's name, or a right such as backup/orders for its newest run.")
    private String run = "";

    WatchVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Settings settings = conventions.settings();
        try (TemporalConnection temporal = conventions.connect(settings)) {
            RunAddress address = new Runs(temporal.client()).find(run);
            Ending ending = new Ending(conventions, temporal, StoredDocuments.documentsOf(settings));
            return ending.tell(ending.follow(address));
        }
    }
}
