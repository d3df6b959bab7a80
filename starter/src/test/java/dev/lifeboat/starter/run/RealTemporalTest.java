package dev.lifeboat.starter.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.starter.local.LocalTemporal;
import dev.lifeboat.starter.local.Tools;
import dev.lifeboat.starter.terminal.Terminal;
import io.temporal.worker.WorkerFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Temporal in this JVM cannot show: lists of runs, and a server that goes and comes back. */
@Timeout(120)
class RealTemporalTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.Shape.PLAIN,
            System::nanoTime);

    @Test
    void runs_are_listed_and_found_and_watched_through_a_restart_of_the_server() throws Exception {
        try (LocalTemporal server =
                        LocalTemporal.start(Tools.temporal(), folder.resolve("t"), LocalTemporal.Ports.free());
                TinyTemporal temporal = TinyTemporal.at(server.address()).withWorker()) {
            Runs runs = new Runs(temporal.client());
            RunView first = new RunWatch(runs, terminal).watch(temporal.start("well"));
            RunAddress second = temporal.start("slowly");
            CompletableFuture<RunView> watched =
                    CompletableFuture.supplyAsync(() -> new RunWatch(runs, terminal).watch(second));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> shown().contains("dump 1.0 KiB"));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(labels(runs))
                            .containsExactly(runs.head(second).label(), first.label()));
            assertThat(runs.find(first.label())).isEqualTo(first.address());
            assertThat(runs.find("backup/orders")).isEqualTo(second);

            server.kill();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> shown().contains("Temporal does not answer"));
            server.restart();
            temporal.letGo();

            RunView ended = watched.get(60, TimeUnit.SECONDS);
            assertThat(ended.state()).isEqualTo(RunView.State.COMPLETED);
            assertThat(shown()).contains("Temporal answers again");
            assertThat(ended.steps())
                    .extracting(RunStep::title)
                    .containsExactly("Load the policy", "Dump the database");
        }
    }

    @Test
    void a_run_whose_worker_cannot_decide_says_that_it_is_blocked_until_a_right_one_comes() throws Exception {
        try (LocalTemporal server =
                        LocalTemporal.start(Tools.temporal(), folder.resolve("t"), LocalTemporal.Ports.free());
                TinyTemporal temporal = TinyTemporal.at(server.address())) {
            Runs runs = new Runs(temporal.client());
            WorkerFactory wrong = temporal.wrongWorker();
            RunAddress address = temporal.start("well");
            CompletableFuture<RunView> watched =
                    CompletableFuture.supplyAsync(() -> new RunWatch(runs, terminal).watch(address));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> shown().contains("this run is blocked: Unknown workflow type \"BackUpDatabase\""));
            assertThat(runs.read(address).trouble())
                    .hasValueSatisfying(
                            it -> assertThat(it).endsWith("it goes on by itself once a worker with the fix comes"));
            wrong.shutdownNow();
            wrong.awaitTermination(10, TimeUnit.SECONDS);
            temporal.withWorker();

            assertThat(watched.get(60, TimeUnit.SECONDS).state()).isEqualTo(RunView.State.COMPLETED);
            assertThat(shown()).contains("  the run goes on");
            assertThat(runs.read(address).trouble()).isEmpty();
        }
    }

    private static List<String> labels(Runs runs) {
        return runs.list(10).stream().map(RunView::label).toList();
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
