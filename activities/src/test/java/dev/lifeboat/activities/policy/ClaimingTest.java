package dev.lifeboat.activities.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.backup.RepositoryBackupActivities;
import dev.lifeboat.activities.backup.RepositoryCopyActivities;
import dev.lifeboat.activities.pulse.PulseInterceptor;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Claim;
import dev.lifeboat.repository.Claims;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.workflows.activity.BackupActivities;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.CopyActivities;
import dev.lifeboat.workflows.activity.PolicyActivities;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Tag;
import dev.lifeboat.workflows.model.TakeOver;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two runs that want one database, each kept by a Temporal of its own, in a real folder. */
@Timeout(60)
class ClaimingTest {

    private static final BackupOrder LEFT_BEHIND = TestTools.order("aaaa");
    private static final BackupOrder NEXT = TestTools.order("bbbb");

    @TempDir
    Path folder;

    private TestTools setup;
    private TestActivityEnvironment temporal;
    private String origin = "";

    @BeforeEach
    void setUp() {
        setup = new TestTools(folder).database("backup: { give-up-after: 2h, finish-alone: 3h }");
        temporal = TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new PulseInterceptor())
                        .build())
                .build());
        var tools = setup.tools();
        temporal.registerActivitiesImplementations(
                new ConfiguredPolicyActivities(tools.settings(), tools.repositories(), () -> origin),
                new RepositoryBackupActivities(tools),
                new RepositoryCopyActivities(tools));
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void the_claim_expires_after_giving_up_and_the_usual_time_which_nobody_knows_yet() {
        Instant before = Instant.now();
        load("lost/default", LEFT_BEHIND, request(Optional.empty()));

        Claim claim = claims().newest(1).latest().orElseThrow();
        assertThat(claim.run()).isEqualTo(LEFT_BEHIND.run().value());
        assertThat(claim.origin()).isEqualTo("lost/default");
        assertThat(claim.expires())
                .isBetween(
                        before.plus(Duration.ofHours(5)).minusSeconds(1),
                        before.plus(Duration.ofHours(5)).plusSeconds(60));
    }

    /** Nobody who trusts keys believes it; where nobody signs, it counts. */
    @ParameterizedTest
    @CsvSource({
        "true, 1970-01-01T00:00:00Z, 9999-12-31T23:59:59Z, 5h",
        "false, 1970-01-01T00:00:00Z, 9999-12-31T23:59:59Z, 5h",
        "false, 1970-01-01T00:00:00Z, 2020-01-01T02:00:00Z, 5h",
        "false, 2020-01-01T02:00:00Z, 1970-01-01T00:00:00Z, 5h",
        "true, 2020-01-01T02:00:00Z, 2020-01-01T02:30:00Z, 5h",
        "false, 2020-01-01T02:00:00Z, 2020-01-01T02:30:00Z, 3h"
    })
    void a_manifest_that_anybody_may_have_written_lets_no_claim_last_for_ages(
            boolean signs, Instant begin, Instant end, String expected) {
        Settings settings = (signs ? setup : setup.unsigned()).tools().settings();
        plant(begin, end);
        Instant before = Instant.now();

        new ConfiguredPolicyActivities(settings, setup.tools().repositories(), () -> "lost/default")
                .loadBackupPolicy(LEFT_BEHIND.run(), request(Optional.empty()));

        Instant expires = claims().newest(1).latest().orElseThrow().expires();
        assertThat(expires.minus(Duration.parse("PT" + expected)))
                .isBetween(before.minusSeconds(1), before.plusSeconds(60));
    }

    @Test
    void a_run_of_another_temporal_is_named_with_what_to_type() {
        load("lost/default", LEFT_BEHIND, request(Optional.empty()));

        ApplicationFailure failure = failure(() -> load("new/default", NEXT, request(Optional.empty())));

        assertThat(failure.getType()).isEqualTo(FailureType.CLAIMED.name());
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage())
                .contains("'%s' of another Temporal (lost/default)".formatted(LEFT_BEHIND.run()));
        assertThat(Failures.hint(failure))
                .contains("lifeboat backup orders --take-over %s".formatted(LEFT_BEHIND.run()));
        assertThat(setup.open().store().list(Layout.report(NEXT.run().value()))).isEmpty();
    }

    @Test
    void who_takes_over_stands_in_the_claim_and_the_other_run_does_nothing_more() {
        load("lost/default", LEFT_BEHIND, request(Optional.empty()));

        load("new/default", NEXT, request(Optional.of(new TakeOver(LEFT_BEHIND.run(), "the server\nburned"))));

        assertThat(claims().newest(1).latest().orElseThrow().takeOver())
                .contains(new Claim.TakeOver(LEFT_BEHIND.run().value(), "ann@db1", "the server burned"));
        for (Runnable effect : List.<Runnable>of(
                () -> backups().take(LEFT_BEHIND),
                () -> backups().commit(LEFT_BEHIND, "a1", BackupRequest.of("orders")),
                () -> copies().copyTo(LEFT_BEHIND, "main"),
                () -> load("lost/default", LEFT_BEHIND, request(Optional.empty())))) {
            ApplicationFailure failure = failure(effect);
            assertThat(failure.getType()).isEqualTo(FailureType.SUPERSEDED.name());
            assertThat(failure.getOriginalMessage()).startsWith("superseded by '%s'".formatted(NEXT.run()));
        }
    }

    @Test
    void a_claim_that_is_garbage_stops_no_backup() {
        load("here/default", LEFT_BEHIND, request(Optional.empty()));
        setup.open().store().create(Layout.claim("orders", "2"), "garbage".getBytes(UTF_8));

        load("here/default", NEXT, request(Optional.empty()));

        assertThat(claims().newest(1).latest().orElseThrow().run())
                .isEqualTo(NEXT.run().value());
    }

    private void load(String origin, BackupOrder order, BackupRequest request) {
        this.origin = origin;
        RunName run = order.run();
        temporal.newActivityStub(PolicyActivities.class).loadBackupPolicy(run, request);
    }

    private BackupActivities backups() {
        return temporal.newActivityStub(BackupActivities.class);
    }

    private CopyActivities copies() {
        return temporal.newActivityStub(CopyActivities.class);
    }

    private Claims claims() {
        return new Claims(setup.open(), "orders");
    }

    private void plant(Instant begin, Instant end) {
        BackupId backup = new BackupId("orders-20200101T000000Z-aaaa");
        setup.open().store().create(Layout.manifest(backup), """
                {"format": 1, "backup": "%s", "database": "orders", "run": "backup-%s", "begin": "%s", "end": "%s",
                 "engine": {"name": "pg_dump", "version": "18.1"},
                 "source": {"systemId": "1", "database": "orders", "serverVersion": "18.1", "extensions": [],
                  "encoding": "UTF8", "collation": "C", "ctype": "C", "sizeBytes": 1},
                 "snapshot": {"time": "%s", "notBeforeLsn": "0/1", "inRecovery": false}, "tables": [],
                 "objects": [{"key": "%s", "name": "x", "plainBytes": 1, "plainSha256": "%s", "storedBytes": 1,
                  "storedSha256": "%s"}],
                 "recipients": [], "attempt": "a1", "compression": {"format": "zstd", "level": 1}, "warnings": []}
                """.formatted(
                        backup,
                        backup,
                        begin,
                        end,
                        begin,
                        Layout.object(backup, "a1", "x"),
                        "0".repeat(64),
                        "0".repeat(64))
                .getBytes(UTF_8));
        assertThat(setup.open().manifest(backup)).isPresent();
    }

    private static BackupRequest request(Optional<TakeOver> takeOver) {
        BackupRequest plain = new BackupRequest(
                "orders",
                Tag.MANUAL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "ann@db1",
                true);
        return takeOver.map(plain::takingOver).orElse(plain);
    }

    private static ApplicationFailure failure(Runnable work) {
        Throwable cause = catchThrowableOfType(ActivityFailure.class, work::run).getCause();
        return (ApplicationFailure) requireNonNull(cause);
    }
}
