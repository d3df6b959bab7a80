package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.workflows.journal.Answer;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A backup that fails opens one page and closes it when it succeeds; {@link MarchTogetherTest} lets the worker die in
 * between.
 */
@Tag("survival")
class PageIsOpenedAndClosedTest {

    /** So much longer a backup may take than usual where nobody can be told. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    @Test
    void one_failing_backup_opens_one_page_and_closes_it_on_success() throws IOException {
        try (Pager pager = new Pager();
                Shop shop = shopThatFails(pager)) {
            shop.worker();
            WorkflowStub run = shop.backUp();
            pager.awaitEvents(1);
            mend(shop, run);
            pager.awaitEvents(2);

            assertThat(pager.actions()).containsExactly("trigger", "resolve");
            assertThat(pager.keys()).singleElement().asString().startsWith("backup/orders@");
            assertThat(pager.events.getFirst().at("/payload/severity").textValue())
                    .isEqualTo("error");
            assertThat(pager.events.getFirst().toString()).contains("tried again by itself");
            awaitEndOfIncident(shop);
            assertThat(shop.history(incident(shop)).getEvents().toString()).doesNotContain(Pager.KEY);
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    @Test
    void a_pager_that_never_answers_keeps_no_backup_waiting() throws IOException {
        try (Pager pager = new Pager();
                Shop shop = shopWith(pager)) {
            // No worker is lost here: one that is taken for lost would tell it again, and wait again.
            shop.worker("lifeboat.heartbeat=PT30S");
            Duration first = timed(shop); // makes the repository, and loads what a worker loads once
            Duration second = timed(shop);
            Duration bearable = (first.compareTo(second) > 0 ? first : second).plus(MARGIN);
            int asked = pager.events.size();
            pager.hang();

            assertThat(timed(shop)).as("good news").isLessThan(bearable);
            pager.awaitEvents(asked + 1);

            spoilPassword(shop);
            WorkflowStub run = shop.backUp();
            await("a page that is tried")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> pager.actions().contains("trigger"));
            Instant mended = Instant.now();
            mend(shop, run);
            assertThat(Duration.between(mended, Instant.now()))
                    .as("after trouble")
                    .isLessThan(bearable);
        }
    }

    private static Duration timed(Shop shop) {
        Instant begin = Instant.now();
        assertThat(shop.awaitEnd(shop.backUp(), Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
        return Duration.between(begin, Instant.now());
    }

    private static Shop shopThatFails(Pager pager) {
        Shop shop = shopWith(pager);
        spoilPassword(shop);
        return shop;
    }

    private static Shop shopWith(Pager pager) {
        Shop shop = Shop.open(10);
        shop.configure("file:%s\", host: test".formatted(shop.far()), """
                notify:
                  channels: { pager: { pagerduty: "%s", address: "http://127.0.0.1:%d/v2/enqueue" } }
                  routes: { p2: { tell: [pager] } }
                  success: [pager]
                """.formatted(
                        shop.secretIn("pager.key", Pager.KEY), pager.port()));
        return shop;
    }

    private static void spoilPassword(Shop shop) {
        TestFolders.writePrivate(
                shop.passwordFile().resolveSibling("password.kept"),
                TestFolders.lines(shop.passwordFile()).getFirst() + "\n");
        TestFolders.writePrivate(shop.passwordFile(), "wrong\n");
    }

    private static void mend(Shop shop, WorkflowStub run) {
        TestFolders.writePrivate(
                shop.passwordFile(),
                TestFolders.lines(shop.passwordFile().resolveSibling("password.kept"))
                                .getFirst() + "\n");
        await("an answer that is taken: the run may try just now, or have ended by itself")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsInstanceOf(WorkflowException.class)
                .until(() -> shop.isOver(run)
                        || !run.update("answer", String.class, new Answer(Answer.Kind.RETRY, "ann", "password set"))
                                .isEmpty());
        assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
    }

    private static WorkflowStub incident(Shop shop) {
        return shop.connection().client().newUntypedWorkflowStub("incident/backup/orders");
    }

    private static void awaitEndOfIncident(Shop shop) {
        assertThat(shop.awaitEnd(incident(shop), Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
    }
}
