package dev.lifeboat.starter.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.workflows.model.RunName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RunWatchTest {

    private final TinyTemporal temporal = new TinyTemporal();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Terminal.Shape(false, false, true, false, 100),
            System::nanoTime);
    private final Runs runs = new Runs(temporal.client());

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    void a_run_that_goes_well_shows_its_steps_by_title() {
        RunView view = watch(temporal.withWorker().start("well"));

        assertThat(view.state()).isEqualTo(RunView.State.COMPLETED);
        assertThat(view.operator()).isEqualTo("ann@db1");
        assertThat(view.steps()).extracting(RunStep::title).containsExactly("Load the policy", "Dump the database");
        assertThat(view.steps()).extracting(RunStep::status).containsOnly(RunStep.Status.DONE);
        assertThat(shown())
                .contains("backup-orders-", "started by ann@db1", "✓ Load the policy", "✓ Dump the database");
    }

    @Test
    void a_run_that_fails_says_why_and_what_to_do() {
        RunView view = watch(temporal.withWorker().start("badly"));

        assertThat(view.state()).isEqualTo(RunView.State.FAILED);
        assertThat(view.problem()).isEqualTo("the disk is full");
        assertThat(view.hint()).isEqualTo("make room and start it again");
        assertThat(view.steps().getLast().status()).isEqualTo(RunStep.Status.FAILED);
        assertThat(shown()).contains("✗ Dump the database", "    the disk is full");
    }

    @Test
    void a_step_that_needed_two_attempts_says_so() {
        RunView view = watch(temporal.withWorker().start("once"));

        assertThat(view.state()).isEqualTo(RunView.State.COMPLETED);
        assertThat(view.steps().getLast().attempt()).isEqualTo(2);
        assertThat(shown()).contains("attempt 2");
    }

    @Test
    void a_step_under_way_shows_how_far_it_is() throws Exception {
        RunAddress address = temporal.withWorker().start("slowly");
        CompletableFuture<RunView> watched = CompletableFuture.supplyAsync(() -> watch(address));

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> shown().contains("dump 1.0 KiB of 4.0 KiB"));
        temporal.letGo();

        assertThat(watched.get(20, TimeUnit.SECONDS).state()).isEqualTo(RunView.State.COMPLETED);
    }

    @Test
    void a_run_is_found_by_its_name_and_by_its_right() {
        RunAddress address = temporal.withWorker().start("well");
        RunView view = watch(address);

        assertThat(runs.find(view.label())).isEqualTo(address);
        assertThat(runs.find("backup/orders")).isEqualTo(address);
        assertThat(view.name().orElseThrow())
                .isEqualTo(RunName.of("backup", "orders", view.started(), address.runId()));
    }

    @Test
    void a_name_needs_no_worker() {
        RunAddress address = temporal.start("well");

        assertThat(runs.head(address).name()).isPresent();
        assertThat(runs.head(address).started())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
    }

    @Test
    void a_right_without_a_run_is_said_so() {
        assertThatThrownBy(() -> runs.find("backup/customers"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("Temporal knows no run 'backup/customers'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "", "backup/Orders", "backup/orders' OR 1=1", "\u001b[2J", "backup/../x"})
    void what_names_no_run_is_refused_before_anything_is_asked(String text) {
        assertThatThrownBy(() -> runs.find(text))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("is not the name of a run")
                .hasMessageNotContaining("\u001b");
    }

    private RunView watch(RunAddress address) {
        return new RunWatch(runs, terminal).watch(address);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
