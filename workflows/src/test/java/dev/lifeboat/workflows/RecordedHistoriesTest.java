package dev.lifeboat.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs that began on an older Lifeboat go on with this one: each recorded history replays on today's code.
 *
 * <p>If one does not, the change belongs behind {@code Workflow.getVersion}; a recorded history is not edited. A new
 * ending is recorded by {@code ./mvnw -pl workflows -am verify -Dlifeboat.record=true}, which also writes all others
 * anew: check in the new ones only, unless nothing was released yet.
 */
class RecordedHistoriesTest {

    private static final Map<String, String> RIGHTS = Map.of(
            "CheckSetup",
            "check/setup",
            "CopyBackup",
            "copy/orders-20261121T020000Z-k3x9/far",
            "Incident",
            "incident/backup/orders",
            "RunOnSchedule",
            "on-schedule/backup/orders/daily-2026-11-22T02:00:00Z",
            "VerifyBackups",
            "verify/orders");

    @ParameterizedTest
    @MethodSource("histories")
    void a_recorded_run_goes_on_with_this_code(Path file) throws IOException {
        String json = Files.readString(file);

        Stage.Replay.replay(WorkflowExecutionHistory.fromJson(json, id(file)));
    }

    @Test
    void every_runbook_has_recorded_endings() {
        List<String> recorded = RecordedHistories.all().stream()
                .map(RecordedHistoriesTest::runbook)
                .distinct()
                .toList();

        assertThat(recorded)
                .containsAll(Runbooks.ALL.stream().map(Runbook::name).toList());
    }

    static List<Path> histories() {
        return RecordedHistories.all();
    }

    /** A history does not name its workflow id, and runbooks look at theirs. */
    private static String id(Path file) {
        return switch (file.getFileName().toString()) {
            case "wrong-id.json" -> "backup/people";
            case "no-id.json" -> "9f1c7a1e-6f4b-4a5e-9a53-0b1f6a2f3c11";
            case "verified-pass.json", "verified-fail.json" -> "on-schedule/verify/orders/daily-2026-11-22T02:30:00Z";
            default -> RIGHTS.getOrDefault(runbook(file), "backup/orders");
        };
    }

    private static String runbook(Path file) {
        return file.getName(file.getNameCount() - 2).toString();
    }
}
