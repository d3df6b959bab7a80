package dev.lifeboat.starter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.TinyTemporal;
import io.temporal.worker.WorkerFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class RunVerbsTest {

    @TempDir
    Path folder;

    private final TinyTemporal temporal = new TinyTemporal();

    @BeforeEach
    void writeSettings() throws IOException {
        Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main:
                    url: "file:store"
                    recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk]
                temporal: { address: "%s" }
                databases:
                  orders: { url: "postgresql://me@127.0.0.1/orders" }
                """.formatted(temporal.address()));
    }

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    void watch_ends_with_the_run_and_prints_it_as_json() {
        temporal.withWorker().start("well");

        Called called = Called.in(folder, "watch", "backup/orders", "--json");

        assertThat(called.exitCode()).isZero();
        assertThat(called.json().at("/state").asText()).isEqualTo("COMPLETED");
        assertThat(called.json().at("/run").asText()).startsWith("backup-orders-");
        assertThat(called.json().at("/steps/1/title").asText()).isEqualTo("Dump the database");
        assertThat(called.json().at("/result").asText()).isEqualTo("dumped");
    }

    @Test
    void show_of_a_run_that_failed_ends_with_1_and_shows_problem_and_hint() {
        temporal.withWorker().start("badly");
        Called.in(folder, "watch", "backup/orders");

        Called called = Called.in(folder, "show", "backup/orders");

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.out())
                .contains("failed", "✓ Load the policy", "✗ Dump the database", "the disk is full", "hint: make room");
        assertThat(called.err()).isEmpty();
    }

    @Test
    void show_of_a_run_whose_worker_cannot_decide_says_that_it_is_blocked() {
        temporal.start("well");
        WorkerFactory wrong = temporal.wrongWorker();
        try {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                Called called = Called.in(folder, "show", "backup/orders");
                assertThat(called.exitCode()).isZero();
                assertThat(called.out())
                        .contains(": blocked (", "  this run is blocked: Unknown workflow type \"BackUpDatabase\"")
                        .contains("it goes on by itself once a worker with the fix comes");
            });
            assertThat(Called.in(folder, "show", "backup/orders", "--json")
                            .json()
                            .at("/blocked")
                            .asText())
                    .startsWith("Unknown workflow type");
        } finally {
            wrong.shutdownNow();
        }
    }

    @Test
    void a_second_backup_is_the_one_that_runs_already() {
        RunAddress first = temporal.start("well");

        Called called = Called.in(folder, "backup", "orders", "--no-wait", "--json");

        assertThat(called.exitCode()).isZero();
        assertThat(called.json().at("/temporalRunId").asText()).isEqualTo(first.runId());
        assertThat(called.err())
                .contains("is already running since", "started by ann@db1", "no second one was started");
    }

    @Test
    void a_backup_for_a_release_never_joins_one_from_before() {
        temporal.start("well");

        Called called = Called.in(folder, "backup", "orders", "--no-wait", "--tag", "pre-deploy");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("is already running", "--no-wait cannot wait for its end");
    }

    @Test
    void a_backup_with_a_note_waits_for_the_other_and_makes_its_own() throws Exception {
        RunAddress first = temporal.withWorker().start("slowly");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        CompletableFuture<Called> second = CompletableFuture.supplyAsync(
                () -> Called.in(folder, Map.of(), said, "backup", "orders", "--note", "mine", "--json"));

        await().atMost(Duration.ofSeconds(30)).until(() -> said.toString(UTF_8).contains("waiting for its end"));
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(20)).until(() -> !second.isDone());
        temporal.letGo();

        Called called = second.get(40, TimeUnit.SECONDS);
        assertThat(called.err()).contains("waiting for its end, then starting this one");
        assertThat(called.json().at("/temporalRunId").asText()).isNotEqualTo(first.runId());
    }

    @Test
    void no_wait_names_the_run_and_how_to_watch_it() {
        Called called = Called.in(folder, "backup", "orders", "--no-wait");

        assertThat(called.exitCode()).isZero();
        assertThat(called.out())
                .containsPattern("backup-orders-\\d{8}T\\d{6}Z-[0-9a-z]{4}\nwatch it: lifeboat watch backup-");
    }

    @Test
    void cancel_waits_for_the_end_and_ends_well() {
        temporal.withWorker().start("slowly");

        Called called = Called.in(folder, "cancel", "backup/orders");

        assertThat(called.exitCode()).isZero();
        assertThat(called.out()).contains("cancelled");
    }

    @Test
    void cancel_of_a_run_that_is_over_changes_nothing() {
        temporal.withWorker().start("well");
        Called.in(folder, "watch", "backup/orders");

        Called called = Called.in(folder, "cancel", "backup/orders");

        assertThat(called.err()).contains("it is over already");
        assertThat(called.out()).contains("completed");
    }

    @Test
    void an_answer_is_retry_skip_or_abort() {
        Called called = Called.in(folder, "answer", "backup/orders", "perhaps");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("'perhaps' is no answer", "Say retry, skip or abort");
    }

    @Test
    void an_answer_to_a_run_that_is_over_is_refused() {
        temporal.withWorker().start("well");
        Called.in(folder, "watch", "backup/orders");

        Called called = Called.in(folder, "answer", "backup/orders", "retry");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("is over: completed");
    }
}
