package dev.lifeboat.starter;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.local.Folders;
import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lifeboat resume}. */
@Command(
        name = "resume",
        description = {
            "Goes on with a standalone run whose command, server or worker died, and shows it to its end.",
            "What is left of them is ended first. One that has ended already is only told."
        },
        footer = {"", "Example:", "  lifeboat resume ~/.local/state/lifeboat/standalone/backup-orders-20261121T031500Z"
        })
final class ResumeVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Parameters(paramLabel = "FOLDER", description = "The folder that was printed when the run began.")
    private Path folder = Path.of("");

    ResumeVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Path place = conventions.surroundings().resolve(folder);
        if (StandaloneRecord.isIn(place)) {
            Folders.checkOwn(place);
        }
        StandaloneRecord record = StandaloneRecord.read(place);
        if (record.ended().isPresent()) {
            return tell(record, record.ended().get());
        }
        Settings settings = conventions.settingsOr(record.configuration());
        try (Standalone standalone = Standalone.resume(conventions, settings, place)) {
            RunAddress run = standalone
                    .run()
                    .orElseThrow(() -> CommandException.usage(
                            "the command died before a run began in '%s'".formatted(place),
                            "Nothing was done: start it again with --standalone."));
            return standalone.ending().tell(standalone.follow(run));
        }
    }

    private int tell(StandaloneRecord record, StandaloneRecord.End end) {
        String run = record.run().orElse(record.right());
        conventions.print(
                Json.object()
                        .put("run", run)
                        .put("right", record.right())
                        .put("state", end.state())
                        .put("ended", end.at().toString()),
                List.of("%s has ended already: %s".formatted(run, end.state().toLowerCase(java.util.Locale.ROOT))));
        return end.exitCode();
    }
}
