package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.run.RunView.State;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.backup.BackupReport;
import dev.lifeboat.workflows.model.RunName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunExitTest {

    private static final RunName RUN = new RunName("backup-orders-20261121T020000Z-abcd");

    @ParameterizedTest
    @CsvSource({
        "pre-deploy, PASS, GOOD",
        "pre-deploy, FAIL, BAD",
        "pre-deploy, INCONCLUSIVE, INCONCLUSIVE",
        "pre-deploy, , INCONCLUSIVE",
        "manual, PASS, GOOD",
        "manual, FAIL, BAD",
        "manual, INCONCLUSIVE, INCONCLUSIVE",
        "manual, , GOOD",
    })
    void a_backup_that_could_not_be_verified_is_no_success(String tag, Verdict verdict, ExitCode expected) {
        Optional<Verified> verified = Optional.ofNullable(verdict).map(it -> new Verified(it, 3, 1, List.of()));

        assertThat(RunExit.code(backup(tag, verified, false))).isEqualTo(expected);
    }

    @Test
    void a_point_that_had_its_backup_already_is_good_without_being_verified_again() {
        assertThat(RunExit.code(backup("daily", Optional.empty(), true))).isEqualTo(ExitCode.GOOD);
    }

    @ParameterizedTest
    @EnumSource(value = State.class, names = "COMPLETED", mode = EnumSource.Mode.EXCLUDE)
    void only_what_goes_on_is_good_without_a_good_end(State state) {
        assertThat(RunExit.code(view("BackUpDatabase", state, "manual", Optional.empty())))
                .isEqualTo(state == State.RUNNING ? ExitCode.GOOD : ExitCode.BAD);
    }

    private static RunView backup(String tag, Optional<Verified> verified, boolean alreadyMade) {
        BackupReport report = new BackupReport(
                RUN,
                "orders/20261121T020000Z-abcd",
                "main",
                2,
                10,
                100,
                50,
                Duration.ofSeconds(3),
                List.of(),
                Optional.empty(),
                List.of(),
                verified,
                Optional.empty(),
                alreadyMade);
        return view("BackUpDatabase", State.COMPLETED, tag, Optional.of(report));
    }

    private static RunView view(String runbook, State state, String tag, Optional<BackupReport> result) {
        return new RunView(
                new RunAddress("backup/orders", "4711"),
                Optional.of(RUN),
                runbook,
                "ann",
                Instant.EPOCH,
                Optional.of(Instant.EPOCH),
                state,
                "",
                "",
                "",
                "",
                List.of(),
                payloads(Map.of("database", "orders", "tag", tag)),
                result.map(RunExitTest::payloads));
    }

    private static io.temporal.api.common.v1.Payloads payloads(Object value) {
        return Payloads.converter().toPayloads(value).orElseThrow();
    }
}
