package dev.lifeboat.workers.survival;

import static dev.lifeboat.workers.KillableWorker.SHORT_DAYS;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.repository.Inventory;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.VerificationRecord;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.workers.KillableWorker;
import dev.lifeboat.workers.judgement.Replay;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.backup.BackupReport;
import dev.lifeboat.workflows.backup.CopyReport;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.schedule.Outcome;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import dev.lifeboat.workflows.verify.VerifyReport;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A verification that finds damage, a copy, a backup on schedule that finds points without one, a verification on
 * schedule that joins the one under way, and the incidents that they and somebody else open: together they are marched
 * through all deaths of their worker, so that one death is used by several of them.
 *
 * <p>{@link MarchTest} says how lists of effects are renewed; that is done with {@code -Dtest=MarchTogetherTest}.
 */
@Tag("survival")
@Timeout(1_800)
class MarchTogetherTest {

    static final List<String> RUNBOOKS = List.of("VerifyBackups", "CopyBackup", "RunOnSchedule", "Incident");

    private static final List<String> ALARMS = List.of("verify/orders", "schedule/stock", SHORT_DAYS);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int MISSED = 3;

    private final Company company = new Company();
    private final Shop shop = company.shop;
    private final Instant point = company.point;
    private final Aftermath aftermath = new Aftermath(shop);
    private final March march = new March(shop, RUNBOOKS, "lifeboat.attempts=500", "lifeboat.linger=PT4S");

    @AfterEach
    void close() {
        company.close();
    }

    @Test
    void all_other_runs_survive_the_death_of_their_worker_at_every_effect() throws Exception {
        march.record();
        WorkflowStub backup = shop.backUp();
        String made = backup.getResult(BackupReport.class).backup();
        Runnable mend = company.damage();
        shop.stopWorkers();

        company.say(SHORT_DAYS, News.TROUBLE);
        WorkflowStub verification = company.verify();
        WorkflowStub copy = company.copy(made);
        WorkflowStub scheduled = company.onSchedule("backup/stock", point, Optional.of(daysBefore()));
        WorkflowStub joining = company.onSchedule("verify/orders", point, Optional.empty());
        List<WorkflowStub> runs = List.of(verification, copy, scheduled, joining);
        marchUntilTheEndOf(runs);

        VerifyReport report = verification.getResult(VerifyReport.class);
        verified(report, made);
        scheduled(scheduled.getResult(ScheduleReport.class));
        joined(joining.getResult(ScheduleReport.class), report);
        assertThat(copy.getResult(CopyReport.class).backup()).isEqualTo(made);
        mend.run();
        everybodyHearsOfTheEnd();
        aftermath.copied(aftermath.oneGoodBackup(), company.third());
        aftermath.cleanAndSilent(backup);
        Stream<WorkflowStub> incidents = ALARMS.stream().map(company::incident);
        Replay.of(Stream.concat(runs.stream(), incidents).map(shop::history).toList(), KillableWorker.impatience());
    }

    private void marchUntilTheEndOf(List<WorkflowStub> runs) {
        company.people.onTold(message -> effectOf(message).ifPresent(march::middle));
        march.until(() -> runs.stream().allMatch(shop::isOver) && march.notMet().isEmpty());
        company.people.onTold(message -> {});
        march.metWhatIsListed();
        assertThat(shop.lines("used")).doesNotHaveDuplicates();
    }

    /** What the worker was doing when somebody was told: only who is told knows that it has happened. */
    private static Optional<String> effectOf(JsonNode message) {
        String kind = message.path("kind").asText();
        if (!kind.equals("WELL")) {
            return Optional.of("Incident/Delivery.Deliver %s: tell own".formatted(kind));
        }
        return message.path("about").asText().startsWith("copy/")
                ? Optional.of("CopyBackup/Notification.Announce WELL: tell own")
                : Optional.empty();
    }

    /** So long that nothing was made for some points. */
    private Instant daysBefore() {
        return point.minus(Duration.ofDays(MISSED)).minusSeconds(1);
    }

    /** It has seen the damage, and only that, and has written so once. */
    private void verified(VerifyReport report, String made) {
        assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.good()).as("the one at home").contains(made);
        VerificationRecord record = VerificationRecord.newest(
                        company.repository().store(), Shop.DATABASE, Instant.now(), Duration.ofDays(1))
                .orElseThrow();
        assertThat(record.run()).isEqualTo(report.run().value());
        assertThat(record.verdict()).isEqualTo("FAIL");
        assertThat(record.places()).containsOnlyKeys("main", "far");
        assertThat(requireNonNull(record.places().get("main")).suspects()).isEmpty();
        assertThat(requireNonNull(record.places().get("far")).suspects())
                .singleElement()
                .extracting(Key::name)
                .asString()
                .endsWith(".dump.zst.age");
        assertThat(company.stored(report.run()))
                .containsExactlyInAnyOrder("verification.json", "history.json", "report.json", "report.html");
    }

    /** The point has one backup, and its report names the points before it that have none. */
    private void scheduled(ScheduleReport report) {
        List<Manifest> backups = company.repository().inventory(Optional.of("stock")).entries().stream()
                .map(Inventory.Entry::manifest)
                .toList();
        assertThat(backups).as("backups for the point").hasSize(1);
        Manifest backup = backups.getFirst();
        assertThat(backup.nominal()).contains(report.nominal()).contains(point);
        assertThat(report.outcome()).isEqualTo(new Outcome.Made(backup.backup().value()));
        assertThat(report.missedBefore().count()).isEqualTo(MISSED);
        reported(report, "\"MADE\"", "missed before: ");
        aftermath.verifies(backup);
    }

    /** Somebody was doing it already: that was waited for, and not done again. */
    private void joined(ScheduleReport report, VerifyReport verification) {
        assertThat(report.outcome())
                .isEqualTo(new Outcome.Joined(verification.run().value()));
        reported(report, "\"JOINED\"", verification.run().value());
    }

    private void reported(ScheduleReport report, String... words) {
        assertThat(company.stored(report.run()))
                .containsExactlyInAnyOrder("history.json", "report.json", "report.html");
        assertThat(shop.repository()
                        .resolve(Layout.report(report.run().value(), "report.json")
                                .value()))
                .content()
                .contains(words);
    }

    /** The next verification finds all mended and says so: each alarm was raised once, and is taken back. */
    private void everybodyHearsOfTheEnd() {
        march.record();
        assertThat(company.verify().getResult(VerifyReport.class).verdict()).isEqualTo(Verdict.PASS);
        company.say(SHORT_DAYS, News.WELL);
        for (String about : ALARMS) {
            assertThat(shop.awaitEnd(company.incident(about), LIMIT)).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            assertThat(company.pager.actions(about))
                    .as("one page about %s", about)
                    .startsWith("trigger")
                    .endsWith("resolve")
                    .doesNotContainSequence("resolve", "trigger");
        }
        assertThat(toldOf("verify/orders")).containsExactly("BEGAN", "FAILED", "OVER");
        assertThat(toldOf("schedule/stock")).containsExactly("BEGAN", "OVER");
        assertThat(toldOf(SHORT_DAYS)).startsWith("BEGAN", "REMINDER").endsWith("OVER");
        assertThat(company.people.told)
                .extracting(it -> it.path("about").asText())
                .containsOnly(
                        "verify/orders",
                        "schedule/stock",
                        SHORT_DAYS,
                        "backup/orders",
                        "backup/stock",
                        "copy/orders/third");
    }

    /** Each message once, however often it came; that all is well may be said again when no incident hears it any more. */
    private List<String> toldOf(String about) {
        return company.people.messages(about).stream()
                .filter(it -> !it.equals("WELL"))
                .toList();
    }
}
