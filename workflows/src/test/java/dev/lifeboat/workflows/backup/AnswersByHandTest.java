package dev.lifeboat.workflows.backup;

import static dev.lifeboat.workflows.backup.Rehearsal.stage;
import static dev.lifeboat.workflows.backup.Rehearsal.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.Stage;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as somebody types them into Temporal's own page: whatever comes, the run is unharmed. */
@Timeout(60)
class AnswersByHandTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "\"retry\"",
                "\"\"",
                "7",
                "true",
                "[]",
                "[{\"kind\":\"retry\"}]",
                "{\"kind\":null}",
                "{\"kind\":1}",
                "{\"kind\":\"\"}",
                "{\"kind\":\"explode\"}",
                "{\"kind\":{\"kind\":\"retry\"}}",
                "{\"kind\":[\"retry\"]}",
                "{\"by\":\"ann\"}",
                "{\"kind\":\"retry\",\"by\":{\"name\":\"ann\"}}",
                "nothing at all"
            })
    void what_is_no_answer_is_refused_in_words_and_the_next_answer_counts(String typed) throws Exception {
        for (int cache : List.of(600, 0)) {
            world.told.clear();
            world.doors.fails("Backup.Take", Rehearsal::loginRefused);
            try (Stage stage = stage(world, cache)) {
                WorkflowStub run = start(stage);
                Stage.until(() -> !world.told.isEmpty());

                Throwable refused = catchThrowable(() -> run.update("answer", String.class, input(typed)));
                assertThat(refused).isInstanceOf(WorkflowUpdateException.class);
                assertThat(refused.getCause())
                        .hasMessageContaining("{\"kind\":\"retry\",\"by\":\"ann\",\"reason\":\"\"}")
                        .message()
                        .doesNotContain("Answer", "jackson");
                world.doors.mended("Backup.Take");
                JsonNode right = Payloads.mapper().readTree("{\"kind\":\"retry\",\"by\":\"ann\",\"reason\":\"\"}");
                assertThat(run.update("answer", String.class, right)).startsWith("trying");
                run.getResult(BackupReport.class);
                assertThat(stage.failedTasks(run)).isZero();
                stage.replay(run);
            }
        }
    }

    private static Object[] input(String typed) throws Exception {
        if (typed.equals("nothing at all")) {
            return new Object[0];
        }
        JsonNode json = Payloads.mapper().readTree(typed);
        return new Object[] {json.isNull() ? null : json};
    }
}
