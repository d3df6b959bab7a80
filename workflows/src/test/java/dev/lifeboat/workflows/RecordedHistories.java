package dev.lifeboat.workflows;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Histories of runs as they were recorded, one for each ending of each runbook. */
public final class RecordedHistories {

    private static final Path FOLDER =
            Path.of(System.getProperty("lifeboat.root"), "workflows/src/test/resources/histories");

    private RecordedHistories() {}

    /** Writes the history down if the build runs with {@code -Dlifeboat.record=true}; else does nothing. */
    public static void record(String runbook, String ending, WorkflowExecutionHistory history) {
        if (!Boolean.getBoolean("lifeboat.record")) {
            return;
        }
        Path file = FOLDER.resolve(runbook).resolve(ending + ".json");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, history.toJson(false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(it -> it.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
