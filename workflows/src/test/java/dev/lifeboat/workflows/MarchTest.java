package dev.lifeboat.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.backup.BackUpDatabaseRunbook;
import dev.lifeboat.workflows.backup.BackupReport;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.journal.StepTitles;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One run, and its workers die at every activity: once before it did anything, once before its answer got through. */
class MarchTest {

    private final FakeWorld world = new FakeWorld();
    private final Set<String> died = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> deaths = new LinkedBlockingQueue<>();

    @Test
    void a_backup_completes_with_each_effect_once_however_often_its_workers_die() throws Exception {
        world.doors.watch(call -> dieOnceAt("before " + call), call -> dieOnceAt("after " + call));
        try (Stage stage = new Stage(0, List.of(BackUpDatabaseRunbook.class), world.everybody(), new StepTitles())) {
            WorkflowStub run = stage.start("BackUpDatabase", "backup/orders", BackupRequest.of("orders"));
            CompletableFuture<BackupReport> result = run.getResultAsync(BackupReport.class);
            while (!result.isDone()) {
                if (deaths.poll(50, TimeUnit.MILLISECONDS) != null) {
                    stage.restart();
                }
            }
            BackupReport report = result.get();

            assertThat(died).hasSize(2 * 6);
            assertThat(world.effects)
                    .containsExactly(
                            "attempt of " + report.backup(),
                            "manifest of " + report.backup() + " with a1",
                            "report of " + report.run());
            assertThat(world.doors.called("Sweep.Discard")).isFalse();
            assertThat(world.told).isEmpty();
            stage.replay(run);
        }
    }

    private void dieOnceAt(String place) {
        if (!died.add(place)) {
            return;
        }
        deaths.add(place);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("died " + place, e);
        }
    }
}
