package dev.lifeboat.workers.survival;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.backup.CopyRequest;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import dev.lifeboat.workflows.model.Tag;
import dev.lifeboat.workflows.schedule.ScheduleRequest;
import dev.lifeboat.workflows.verify.VerifyRequest;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A shop with two databases, the second one on a schedule; with a third repository; and with a pager and a receiver that are
 * told everything.
 */
final class Company implements AutoCloseable {

    /** As a schedule of Temporal says it. */
    private static final SearchAttributeKey<OffsetDateTime> SCHEDULED =
            SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

    final Pager pager = new Pager();
    final Receiver people = new Receiver();
    final Shop shop = Shop.open(10);

    /** Hours ago, at any time of the day: so the next one does not come while a test goes on. */
    final Instant point = Instant.now().minus(Duration.ofHours(6)).truncatedTo(ChronoUnit.HOURS);

    Company() {
        TestFolders.makePrivate(third());
        shop.configure("""
                file:%s", host: test }
                  third: { recipients: [%s], minimum-free: 1MB, url: "file:%s", host: test\
                """.formatted(shop.far(), shop.identity().recipient(), third()), """
                  stock:
                    url: "postgresql://%s@127.0.0.1:%d/orders"
                    password: "file:%s"
                    backup: { to: [main], schedule: { daily: '0 %d * * *' } }
                    verification: { schedule: off }
                notify:
                  channels:
                    pager: { pagerduty: "%s", address: "http://127.0.0.1:%d/v2/enqueue" }
                    own: { webhook: "%s" }
                  routes: { p4: { tell: [pager, own] } }
                """.formatted(
                        Shop.USER,
                        shop.postgres().port(),
                        shop.passwordFile(),
                        point.atOffset(ZoneOffset.UTC).getHour(),
                        shop.secretIn("pager.key", Pager.KEY),
                        pager.port(),
                        shop.secretIn("hook", people.address())));
    }

    Path third() {
        return shop.folder().resolve("third");
    }

    Repository repository() {
        return Repository.open(
                Stores.open(Settings.load(shop.settings()).repository("main").location(), StoreRight.READ));
    }

    /** What a run left beside its report. */
    List<String> stored(RunName run) {
        return repository().store().list(Layout.report(run.value())).stream()
                .map(it -> it.key().name())
                .toList();
    }

    WorkflowStub verify() {
        return start("VerifyBackups", "verify/orders", VerifyRequest.of(Shop.DATABASE), SearchAttributes.EMPTY);
    }

    /** Copies a backup to the third repository. */
    WorkflowStub copy(String backup) {
        CopyRequest request = new CopyRequest(backup, "third", Optional.empty(), "ann");
        return start("CopyBackup", request.right(), request, SearchAttributes.EMPTY);
    }

    /** The run of a point in time, of a daily schedule that has had its times since then. */
    WorkflowStub onSchedule(String right, Instant point, Optional<Instant> since) {
        return start(
                "RunOnSchedule",
                "on-schedule/%s/daily-%s".formatted(right, point),
                new ScheduleRequest(right, new Tag("daily"), since),
                SearchAttributes.newBuilder()
                        .set(SCHEDULED, point.atOffset(ZoneOffset.UTC))
                        .build());
    }

    /** Tells an incident of something, as a run does that nobody here has to see. */
    void say(String about, News news) {
        Notice notice = new Notice(
                new RunName("backup-short-days-20261121T020000Z-k3x9"),
                about,
                news,
                Severity.P2,
                "Dump the database in one snapshot",
                "said by a test",
                "",
                "nothing");
        shop.connection()
                .client()
                .newUntypedWorkflowStub(
                        NotificationActivities.INCIDENT,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(NotificationActivities.incident(about))
                                .setTaskQueue(Queue.CONTROL.taskQueue())
                                .build())
                .signalWithStart(NotificationActivities.HEAR, new Object[] {notice}, new Object[] {about});
    }

    WorkflowStub incident(String about) {
        return shop.connection().client().newUntypedWorkflowStub("incident/" + about);
    }

    private WorkflowStub start(String runbook, String right, Object request, SearchAttributes attributes) {
        WorkflowStub run = shop.connection()
                .client()
                .newUntypedWorkflowStub(
                        runbook,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(right)
                                .setTaskQueue(Queue.CONTROL.taskQueue())
                                .setTypedSearchAttributes(attributes)
                                .build());
        run.start(request);
        return run;
    }

    /** Cuts the dump in the far repository off in the middle. What is returned mends it. */
    Runnable damage() {
        Path dump = TestFolders.files(shop.far()).stream()
                .filter(it -> it.toString().endsWith(".dump.zst.age"))
                .findFirst()
                .orElseThrow();
        try {
            byte[] bytes = Files.readAllBytes(dump);
            Path kept = shop.folder().resolve("whole");
            Files.move(dump, kept);
            Files.write(dump, Arrays.copyOf(bytes, bytes.length / 3));
            return () -> mend(kept, dump);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void mend(Path kept, Path dump) {
        try {
            Files.delete(dump);
            Files.move(kept, dump);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        shop.close();
        people.close();
        pager.close();
    }
}
