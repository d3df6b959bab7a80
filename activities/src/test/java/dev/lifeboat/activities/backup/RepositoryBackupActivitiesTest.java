package dev.lifeboat.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.activities.pulse.PulseInterceptor;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.workflows.activity.BackupActivities;
import dev.lifeboat.workflows.activity.BackupActivities.Taken;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.SweepActivities;
import dev.lifeboat.workflows.activity.SweepActivities.Swept;
import dev.lifeboat.workflows.activity.VerifyActivities;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.model.FailureType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RepositoryBackupActivitiesTest {

    private static TestPostgres server;

    @TempDir
    Path folder;

    private TestTools setup;
    private TestActivityEnvironment temporal;

    @BeforeAll
    static void start() {
        server = TestPostgres.start(List.of("log_statement = 'all'"));
        server.createDatabase("orders");
        server.execute("orders", "CREATE TABLE orders AS SELECT generate_series(1, 1000) AS id");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void setUp() {
        setup = new TestTools(folder, server);
        setup.open();
        temporal = TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new PulseInterceptor())
                        .build())
                .build());
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void a_second_attempt_adopts_what_the_first_one_finished_and_the_database_is_read_once() {
        BackupOrder order = TestTools.order("aaaa");
        BackupActivities activities = activities();
        int before = copies();

        Taken first = activities.take(order);
        Taken second = activities.take(order);

        assertThat(second).isEqualTo(first);
        assertThat(first.rows()).isEqualTo(1000);
        assertThat(copies() - before).isEqualTo(1);
        assertThat(activities.look(order, first.attempt()).bytes()).isEqualTo(first.storedBytes());
    }

    @Test
    void two_attempts_at_once_read_the_database_once() throws Exception {
        BackupOrder order = TestTools.order("bbbb");
        BackupActivities activities = activities();
        int before = copies();

        CompletableFuture<Taken> twin =
                CompletableFuture.supplyAsync(() -> activities.take(order), Thread::startVirtualThread);
        Taken ours = activities.take(order);

        assertThat(twin.get()).isEqualTo(ours);
        assertThat(copies() - before).isEqualTo(1);
    }

    @Test
    void what_a_lower_layer_throws_is_put_into_words() throws Exception {
        Files.delete(setup.repositoryFolder().resolve("repository.json"));

        ApplicationFailure failure = failure(() -> activities().take(TestTools.order("cccc")));

        assertThat(failure.getType()).isEqualTo(FailureType.REPOSITORY_UNSUITABLE.name());
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains("holds no repository");
        assertThat(Failures.hint(failure)).isNotBlank();
    }

    @Test
    void an_attempt_that_was_swept_cannot_be_looked_at() {
        ApplicationFailure failure = failure(() -> activities().look(TestTools.order("dddd"), "a-00000000"));

        assertThat(failure.getType()).isEqualTo(FailureType.STORED_BYTES_DIFFER.name());
    }

    @Test
    void stored_bytes_that_changed_are_found_by_looking() throws Exception {
        BackupOrder order = TestTools.order("eeee");
        BackupActivities activities = activities();
        Taken taken = activities.take(order);
        Path stored = dumps().getFirst();
        byte[] bytes = Files.readAllBytes(stored);
        bytes[bytes.length / 2] ^= 1;
        Files.write(stored, bytes);

        ApplicationFailure failure = failure(() -> activities.look(order, taken.attempt()));

        assertThat(failure.getType()).isEqualTo(FailureType.STORED_BYTES_DIFFER.name());
        assertThat(setup.open().manifest(new BackupId(order.backup()))).isEmpty();
    }

    @Test
    void a_signing_key_that_is_missing_is_found_before_the_database_is_read() {
        setup.settings("signing: { key: \"file:%s\" }".formatted(folder.resolve("no-such.key")));
        int before = copies();

        ApplicationFailure failure = failure(() -> activities().take(TestTools.order("kkkk")));

        assertThat(failure.getType()).isEqualTo(FailureType.CONFIGURATION.name());
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains("no-such.key' does not exist");
        assertThat(copies()).isEqualTo(before);
    }

    @Test
    void a_committed_backup_is_signed_and_passes_whoever_may_read() throws Exception {
        SigningKey key = SigningKey.generate();
        Path file = folder.resolve("our-signing.key");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, key.pem());
        setup.settings("signing: { key: \"file:%s\", trusted: [\"%s\"] }".formatted(file, key.publicKey()));
        BackupOrder order = TestTools.order("hhhh");
        BackupActivities activities = activities();
        Taken taken = activities.take(order);
        activities.commit(order, taken.attempt(), BackupRequest.of("orders"));
        activities.commit(order, taken.attempt(), BackupRequest.of("orders"));
        // The reader has no secret half.
        Files.delete(file);
        temporal.registerActivitiesImplementations(new RepositoryVerifyActivities(setup.tools()));

        Verified verified = temporal.newActivityStub(VerifyActivities.class).verify(order);

        assertThat(verified.verdict()).as(verified.toString()).isNotEqualTo(Finding.Verdict.FAIL);
        assertThat(verified.checks()).isGreaterThan(4);
        assertThat(verified.lines()).noneMatch(it -> it.contains("signature") || it.contains("opens"));
    }

    @Test
    void a_run_that_stops_is_told_that_its_backup_was_committed_and_is_kept() throws Exception {
        BackupOrder order = TestTools.order("ffff");
        BackupActivities activities = activities();
        SweepActivities sweep = new RepositorySweepActivities(setup.tools().repositories());
        Taken taken = activities.take(order);
        activities.commit(order, taken.attempt(), BackupRequest.of("orders"));

        assertThat(sweep.discard(order)).isEqualTo(new Swept(0, 0, true));

        assertThat(setup.open().manifest(new BackupId(order.backup()))).isPresent();
        assertThat(activities.look(order, taken.attempt()).bytes()).isEqualTo(taken.storedBytes());
    }

    @Test
    void a_run_that_stops_removes_what_was_never_committed() throws Exception {
        BackupOrder order = TestTools.order("gggg");
        SweepActivities sweep = new RepositorySweepActivities(setup.tools().repositories());
        activities().take(order);

        assertThat(sweep.discard(order).kept()).isFalse();

        assertThat(dumps()).isEmpty();
    }

    private BackupActivities activities() {
        temporal.registerActivitiesImplementations(new RepositoryBackupActivities(setup.tools()));
        return temporal.newActivityStub(BackupActivities.class);
    }

    private static ApplicationFailure failure(Runnable work) {
        Throwable cause = catchThrowableOfType(ActivityFailure.class, work::run).getCause();
        assertThat(cause).isInstanceOf(ApplicationFailure.class);
        return (ApplicationFailure) Objects.requireNonNull(cause);
    }

    private static int copies() {
        return server.log().split("COPY public.orders", -1).length - 1;
    }

    private List<Path> dumps() throws IOException {
        try (Stream<Path> all = Files.walk(setup.repositoryFolder())) {
            return all.filter(it -> it.toString().endsWith(".dump.zst.age")).toList();
        }
    }
}
