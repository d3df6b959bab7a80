package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.backup.BackupReport;
import dev.lifeboat.workflows.verify.VerifyReport;
import dev.lifeboat.workflows.verify.VerifyRequest;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody's lock keeps tonight's dump from ending when it is time to verify. */
@Tag("slow")
class VerificationWaitsForTonightTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void it_judges_the_backup_of_tonight_and_not_the_one_before() throws SQLException {
        try (Shop shop = Shop.open(1_000)) {
            shop.worker();
            WorkflowStub yesterday = shop.backUp();
            assertThat(shop.awaitEnd(yesterday, LIMIT)).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);

            try (Connection somebody = shop.postgres().connect(Shop.DATABASE)) {
                lock(somebody);
                WorkflowStub tonight = shop.backUp();
                WorkflowStub verification = verify(shop);
                await("the wait").atMost(LIMIT).until(() -> isWaiting(shop, verification));
                assertThat(shop.isOver(tonight)).isFalse();
                somebody.rollback();

                VerifyReport report = verification.getResult(VerifyReport.class);
                String made = tonight.getResult(BackupReport.class).backup();
                assertThat(report.waitedFor()).contains("backup/orders");
                assertThat(report.lines()).isEmpty();
                assertThat(report.verdict()).isEqualTo(Verdict.PASS);
                assertThat(report.good())
                        .contains(made)
                        .isNotEqualTo(yesterday.getResult(BackupReport.class).backup());
            }
        }
    }

    @Test
    void what_is_damaged_in_the_further_repository_fails_and_stays_failed() throws IOException {
        try (Shop shop = Shop.open(1_000)) {
            shop.worker();
            WorkflowStub backup = shop.backUp();
            assertThat(shop.awaitEnd(backup, LIMIT)).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            cutOff(dump(shop.far()));

            for (int night = 1; night <= 2; night++) {
                VerifyReport report = verify(shop).getResult(VerifyReport.class);
                assertThat(report.verdict()).as("night %d", night).isEqualTo(Verdict.FAIL);
                assertThat(report.good()).as("the one at home").isPresent();
                assertThat(report.lines()).anyMatch(it -> it.startsWith("listed ") && it.contains("were written"));
                assertThat(report.lines()).anyMatch(it -> it.startsWith("copy far: "));
            }
        }
    }

    private static boolean isWaiting(Shop shop, WorkflowStub verification) {
        return shop.history(verification).getEvents().stream()
                .filter(it -> it.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                .anyMatch(it -> it.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName()
                        .equals("Verification.AwaitBackup"));
    }

    private static void lock(Connection somebody) throws SQLException {
        somebody.setAutoCommit(false);
        try (Statement statement = somebody.createStatement()) {
            statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
        }
    }

    private static WorkflowStub verify(Shop shop) {
        WorkflowStub run = shop.connection()
                .client()
                .newUntypedWorkflowStub(
                        "VerifyBackups",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("verify/" + Shop.DATABASE)
                                .setTaskQueue(Queue.CONTROL.taskQueue())
                                .build());
        run.start(VerifyRequest.of(Shop.DATABASE));
        return run;
    }

    private static Path dump(Path repository) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(it -> it.toString().endsWith(".dump.zst.age"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void cutOff(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 3), StandardOpenOption.CREATE_NEW);
    }
}
