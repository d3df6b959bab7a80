package dev.lifeboat.activities.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.policy.ConfiguredPolicyActivities;
import dev.lifeboat.activities.pulse.PulseInterceptor;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.TestBackup;
import dev.lifeboat.repository.seal.AgeKeys;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.BackupPolicy;
import dev.lifeboat.workflows.activity.CompareActivities;
import dev.lifeboat.workflows.activity.CompareActivities.Compared;
import dev.lifeboat.workflows.activity.CopyActivities;
import dev.lifeboat.workflows.activity.CopyActivities.Copied;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.PolicyActivities;
import dev.lifeboat.workflows.activity.VerifyActivities;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.Tag;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is done with a committed backup, through Temporal, in real folders. */
@Timeout(60)
class FurtherRepositoriesTest {

    private static final int MANY = 10_000;

    @TempDir
    Path folder;

    private TestTools setup;
    private TestActivityEnvironment temporal;

    @BeforeEach
    void setUp() throws IOException {
        Files.createDirectory(folder.resolve("far"));
        setup = new TestTools(folder)
                .repository("shared: true\n  far:\n    url: \"file:%s\"\n    \"recipients\": [%s]"
                        .formatted(folder.resolve("far"), AgeKeys.generate().recipient()))
                .database("backup: { to: [main, far], copy-give-up-after: 2d, warn-when-size-changes: 30% }");
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
    void a_copy_is_made_in_a_new_repository_and_once() {
        BackupOrder order = TestTools.order("aaaa");
        Manifest manifest = committed(order, 3, i -> i);
        CopyActivities activities = copying();

        assertThat(activities.copyTo(order, "far")).isEqualTo(new Copied(1, manifest.storedBytes(), false));
        assertThat(activities.copyTo(order, "far").alreadyThere()).isTrue();
        assertThat(far().manifest(manifest.backup())).contains(manifest);
    }

    @Test
    void a_damaged_source_is_a_permanent_failure_in_words() {
        BackupOrder order = TestTools.order("aaaa");
        Manifest manifest = committed(order, 3, i -> i);
        Key key = manifest.objects().getFirst().key();
        setup.open().store().delete(key);
        setup.open().store().create(key, "something else".getBytes(UTF_8));

        ApplicationFailure failure = failure(() -> copying().copyTo(order, "far"));

        assertThat(failure.getType()).isEqualTo(FailureType.STORED_BYTES_DIFFER.name());
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains("it was not copied");
        assertThat(Failures.hint(failure)).contains("lifeboat verify");
    }

    @Test
    void the_policy_of_a_copy_finds_who_has_the_backup() {
        BackupOrder order = TestTools.order("aaaa");
        committed(order, 1, i -> i);
        copying().copyTo(order, "far");
        PolicyActivities policies = policies();

        assertThat(policies.loadCopyPolicy(order.run(), order.backup(), "far", Optional.empty())
                        .from())
                .isEqualTo("main");
        assertThat(policies.loadCopyPolicy(order.run(), order.backup(), "main", Optional.empty())
                        .from())
                .isEqualTo("far");
        assertThat(policies.loadCopyPolicy(order.run(), order.backup(), "far", Optional.of("main"))
                        .giveUpAfter())
                .hasDays(2);
        assertThat(failure(() -> policies.loadCopyPolicy(
                                order.run(), TestTools.order("zzzz").backup(), "far", Optional.empty()))
                        .getOriginalMessage())
                .contains("there is no backup 'orders-20261121T031500Z-zzzz' to copy in main, far");
        assertThat(failure(() -> policies.loadCopyPolicy(order.run(), "../x", "far", Optional.empty()))
                        .getType())
                .isEqualTo(FailureType.CONFIGURATION.name());
    }

    @Test
    void the_policy_of_a_backup_names_required_and_optional_repositories() {
        BackupOrder order = TestTools.order("aaaa");
        BackupPolicy policy = policies().loadBackupPolicy(order.run(), BackupRequest.of("orders"));
        assertThat(policy.required()).containsExactly("far");
        assertThat(policy.optional()).isEmpty();
        assertThat(policy.verify()).isTrue();
    }

    @Test
    void who_names_a_repository_wants_it_there_and_nowhere_else() {
        BackupRequest there = new BackupRequest(
                "orders",
                new Tag("daily"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("far"),
                "ann",
                false);

        BackupPolicy policy =
                policies().loadBackupPolicy(TestTools.order("aaaa").run(), there);

        assertThat(policy.repository()).isEqualTo("far");
        assertThat(policy.required()).isEmpty();
    }

    @Test
    void an_optional_repository_is_not_required() {
        setup.database("backup: { to: [main, far], optional: [far], verify: off }");

        BackupPolicy policy =
                policies().loadBackupPolicy(TestTools.order("bbbb").run(), BackupRequest.of("orders"));
        assertThat(policy.required()).isEmpty();
        assertThat(policy.optional()).containsExactly("far");
        assertThat(policy.verify()).isFalse();
    }

    @Test
    void a_backup_that_does_not_open_is_a_verdict_and_no_failure() {
        BackupOrder order = TestTools.order("aaaa");
        committed(order, MANY, i -> i);

        Verified verified = verifying().verify(order);

        assertThat(verified.verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(verified.failed()).isPositive();
        assertThat(verified.lines()).isNotEmpty().hasSizeLessThanOrEqualTo(21);
        passes(verified);
    }

    @Test
    void without_an_identity_there_is_no_verdict() {
        BackupOrder order = TestTools.order("aaaa").in("far");

        Verified verified = verifying().verify(order);

        assertThat(verified.verdict()).isEqualTo(Finding.Verdict.INCONCLUSIVE);
        assertThat(verified.lines())
                .containsExactly("not verified: the worker on 'here' reads, and has no identity for repository 'far'");
    }

    @Test
    void an_identity_that_is_not_on_this_machine_is_a_failure_in_words() throws IOException {
        BackupOrder order = TestTools.order("aaaa");
        Files.delete(setup.identityFile());

        assertThat(failure(() -> verifying().verify(order)).getOriginalMessage())
                .contains("does not exist");
    }

    @Test
    void the_first_backup_of_its_kind_says_so_and_the_next_is_compared() {
        BackupOrder first = TestTools.order("aaaa");
        committed(first, 3, i -> 5);
        CompareActivities activities = comparing();
        assertThat(activities.compare(first))
                .isEqualTo(new Compared(
                        Optional.empty(), List.of(), List.of("the first backup of 'orders' with the tag 'manual'")));

        BackupOrder second = later(first);
        committed(second, 3, i -> i);
        Compared compared = activities.compare(second);
        assertThat(compared.against()).contains(first.backup());
        assertThat(compared.warnings()).containsExactly("the table 'public.table_0' is empty, and had 5 rows");
    }

    @Test
    void ten_thousand_emptied_tables_pass_through_temporal() {
        BackupOrder first = TestTools.order("aaaa");
        committed(first, MANY, i -> 1);
        BackupOrder second = later(first);
        committed(second, MANY, i -> 0);

        Compared compared = comparing().compare(second);

        assertThat(compared.warnings()).hasSize(21).last().asString().startsWith("and 9980 more");
        passes(compared);
    }

    private static void passes(Object value) {
        assertThat(Payloads.converter().toPayload(value).orElseThrow().getData().size())
                .isLessThan(Payloads.LIMIT / 4);
    }

    private static BackupOrder later(BackupOrder order) {
        return new BackupOrder(order.run(), "orders-20261122T031500Z-bbbb", order.database(), order.repository());
    }

    /** A backup whose data is no dump, with so many tables. */
    private Manifest committed(BackupOrder order, int tables, IntFunction<Integer> rows) {
        return TestBackup.of(new BackupId(order.backup()))
                .run(order.run().value())
                .tables(IntStream.range(0, tables)
                        .mapToObj(i -> TableCount.counted("public", "table_" + i, rows.apply(i)))
                        .toList())
                .commit(
                        setup.open(),
                        TestBackup.tagged("manual"),
                        SigningKey.of(setup.tools().settings().signing()));
    }

    private Repository far() {
        return setup.tools().repositories().open("far", StoreRight.READ);
    }

    private CopyActivities copying() {
        temporal.registerActivitiesImplementations(new RepositoryCopyActivities(setup.tools()));
        return temporal.newActivityStub(CopyActivities.class);
    }

    private VerifyActivities verifying() {
        temporal.registerActivitiesImplementations(new RepositoryVerifyActivities(setup.tools()));
        return temporal.newActivityStub(VerifyActivities.class);
    }

    private CompareActivities comparing() {
        temporal.registerActivitiesImplementations(new RepositoryCompareActivities(setup.tools()));
        return temporal.newActivityStub(CompareActivities.class);
    }

    private PolicyActivities policies() {
        var tools = setup.tools();
        temporal.registerActivitiesImplementations(
                new ConfiguredPolicyActivities(tools.settings(), tools.repositories(), () -> "here/default"));
        return temporal.newActivityStub(PolicyActivities.class);
    }

    private static ApplicationFailure failure(Runnable work) {
        Throwable cause = catchThrowableOfType(ActivityFailure.class, work::run).getCause();
        assertThat(cause).isInstanceOf(ApplicationFailure.class);
        return (ApplicationFailure) Objects.requireNonNull(cause);
    }
}
