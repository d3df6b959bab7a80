package dev.lifeboat.workflows.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.Announced;
import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Page;
import dev.lifeboat.workflows.RecordedHistories;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.journal.StepTitles;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every ending of {@link Incident}, each remembered by the worker (600) and replayed at every task (0). */
class IncidentTest {

    private static final String ABOUT = "backup/orders";

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void tells_that_it_began_and_that_it_is_over_and_nothing_in_between(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            for (int again = 0; again < 20; again++) {
                say(stage, News.TROUBLE, 1);
            }
            Stage.until(() -> world.heard.size() == 2);
            say(stage, News.WELL, 1);
            IncidentReport report = run.getResult(IncidentReport.class);

            assertThat(world.heard)
                    .containsExactly("pager: P2 BEGAN", "chat: P2 BEGAN", "pager: P2 OVER", "chat: P2 OVER");
            assertThat(report.over()).isTrue();
            assertThat(report.heard()).isEqualTo(22);
            assertThat(report.run().right()).isEqualTo("incident/backup/orders");
            assertThat(report.told()).containsExactly("pager", "chat");
            ends(stage, run, "over", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void becomes_more_urgent_each_day_and_reminds_once_a_day(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            stage.hoursPass(76);
            say(stage, News.WELL, 1);
            run.getResult(IncidentReport.class);

            assertThat(world.heard)
                    .filteredOn(it -> it.startsWith("pager"))
                    .containsExactly(
                            "pager: P2 BEGAN",
                            "pager: P1 REMINDER",
                            "pager: P1 REMINDER",
                            "pager: P1 REMINDER",
                            "pager: P1 OVER");
            ends(stage, run, "reminded", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_second_run_that_gives_up_makes_it_p1_and_both_are_listed(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            for (int night = 1; night <= 4; night++) {
                int messages = Math.min(night, 3);
                Stage.until(() -> world.tellings.size() == messages);
                say(stage, News.FAILED, night);
                say(stage, News.FAILED, night); // an announcement may come twice
            }
            Telling second = world.tellings.getLast();
            stage.hoursPass(25);
            say(stage, News.WELL, 5);
            run.getResult(IncidentReport.class);

            assertThat(world.heard)
                    .filteredOn(it -> it.startsWith("chat"))
                    .containsExactly(
                            "chat: P2 BEGAN",
                            "chat: P2 FAILED",
                            "chat: P1 FAILED",
                            "chat: P1 REMINDER",
                            "chat: P1 OVER");
            assertThat(second.ended()).hasSize(2).last().asString().contains(name(2).value(), "it is 2");
            assertThat(world.tellings.get(3).ended()).hasSize(4);
            ends(stage, run, "given-up", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void news_that_is_more_urgent_is_told(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1, Severity.P3);
            Stage.until(() -> world.tellings.size() == 1);
            say(stage, News.TROUBLE, 1, Severity.P4);
            say(stage, News.TROUBLE, 2, Severity.P1);
            Stage.until(() -> world.tellings.size() == 2);
            say(stage, News.WELL, 2);
            run.getResult(IncidentReport.class);

            assertThat(world.heard).contains("chat: P3 BEGAN", "chat: P1 WORSE").hasSize(6);
            ends(stage, run, "worse", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void keeps_trying_while_nobody_can_be_reached(int cache) {
        world.unreachable.addAll(List.of("pager", "chat"));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            stage.hoursPass(3);
            int tries = world.tellings.size();
            assertThat(tries).isBetween(6, 10);
            assertThat(stage.waiting(run)).contains("delivery");
            assertThat(world.tellings.stream().map(Telling::id).distinct()).hasSize(1);
            assertThat(world.tellings.getFirst().again()).isFalse();
            assertThat(world.tellings.getLast().again()).isTrue();
            world.unreachable.clear();
            stage.hoursPass(2);
            assertThat(stage.waiting(run)).isEmpty();
            say(stage, News.WELL, 1);
            run.getResult(IncidentReport.class);

            assertThat(world.heard)
                    .containsExactly("pager: P2 BEGAN", "chat: P2 BEGAN", "pager: P2 OVER", "chat: P2 OVER");
            ends(stage, run, "nobody-reached-at-first", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void what_is_over_before_anybody_could_be_told_is_told_late(int cache) {
        world.unreachable.addAll(List.of("pager", "chat"));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            Stage.until(() -> world.tellings.size() == 1);
            say(stage, News.WELL, 1);
            stage.hoursPass(1);
            assertThat(world.heard).isEmpty();
            world.unreachable.clear();
            run.getResult(IncidentReport.class);

            assertThat(world.heard).containsExactlyInAnyOrder("pager: P2 OVER", "chat: P2 OVER");
            ends(stage, run, "over-before-told", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void owes_it_to_each_channel_that_was_told_to_say_that_it_is_over(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            Stage.until(() -> world.heard.size() == 2);
            Stage.until(() -> stage.waiting(run).isEmpty());
            world.unreachable.add("pager");
            say(stage, News.WELL, 1);
            stage.hoursPass(1);
            assertThat(world.heard).containsOnlyOnce("chat: P2 OVER").doesNotContain("pager: P2 OVER");
            assertThat(stage.waiting(run)).contains("delivery");
            world.unreachable.clear();
            run.getResult(IncidentReport.class);

            assertThat(world.heard).containsOnlyOnce("chat: P2 OVER", "pager: P2 OVER");
            ends(stage, run, "over-told-late", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void trouble_that_comes_back_while_the_end_is_told_goes_on_in_the_same_incident(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            Stage.until(() -> world.heard.size() == 2);
            world.unreachable.add("pager");
            say(stage, News.WELL, 1);
            Stage.until(() -> world.heard.contains("chat: P2 OVER"));
            world.unreachable.clear();
            say(stage, News.TROUBLE, 2);
            Stage.until(() -> world.heard.size() == 5);
            say(stage, News.WELL, 2);
            run.getResult(IncidentReport.class);

            assertThat(world.heard)
                    .filteredOn(it -> it.startsWith("pager"))
                    .containsExactly("pager: P2 BEGAN", "pager: P2 BEGAN", "pager: P2 OVER");
            ends(stage, run, "came-back", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void ends_by_itself_after_thirty_silent_days_and_does_not_say_that_it_is_over(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            IncidentReport report = run.getResult(IncidentReport.class);

            assertThat(report.took()).isBetween(Duration.ofDays(30), Duration.ofDays(31));
            assertThat(report.over()).isFalse();
            assertThat(world.heard).contains("pager: P1 CLOSED").doesNotContain("pager: P1 OVER");
            assertThat(world.heard).filteredOn("pager: P1 REMINDER"::equals).hasSize(29);
            ends(stage, run, "silent", cache);
        }
    }

    @Test
    void its_history_stays_small_however_often_the_same_is_said_and_however_long_nobody_is_reached() {
        world.unreachable.addAll(List.of("pager", "chat"));
        try (Stage stage = stage(600)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            for (int day = 0; day < 29 * 2; day += 29) {
                stage.hoursPass(29 * 24);
                say(stage, News.TROUBLE, day);
            }
            IncidentReport report = run.getResult(IncidentReport.class);
            assertThat(report.took()).isBetween(Duration.ofDays(60), Duration.ofDays(62));
            assertThat(stage.history(run).getEvents().size()).isLessThan(25_000);
        }
        world.unreachable.clear();
        try (Stage stage = stage(600)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            for (int notice = 1; notice < Course.MOST_NOTICES; notice++) {
                say(stage, News.TROUBLE, 1);
            }
            IncidentReport report = run.getResult(IncidentReport.class);
            assertThat(report.over()).isFalse();
            assertThat(stage.history(run).getEvents().size()).isLessThan(10_000);
        }
    }

    @Test
    void a_cancelled_one_tells_nobody() {
        try (Stage stage = stage(600)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            Stage.until(() -> world.heard.size() == 2);
            run.cancel();
            assertThatThrownBy(() -> run.getResult(IncidentReport.class)).hasCauseInstanceOf(CanceledFailure.class);

            assertThat(world.heard).hasSize(2);
            ends(stage, run, "cancelled", 600);
        }
    }

    @Test
    void one_that_is_cancelled_while_it_tells_ends_when_that_is_done() {
        try (Stage stage = stage(600)) {
            WorkflowStub open = stage.client().newUntypedWorkflowStub("incident/" + ABOUT);
            world.doors.watch(call -> {}, told -> {
                open.cancel();
                // The server of these tests loses a run that is cancelled at the moment in which an activity ends.
                Stage.until(() -> hasHeardOfIt(stage, open));
            });
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            assertThatThrownBy(() -> run.getResult(IncidentReport.class)).hasCauseInstanceOf(CanceledFailure.class);

            assertThat(world.heard).hasSize(2);
            ends(stage, run, "cancelled-while-telling", 600);
        }
    }

    private static boolean hasHeardOfIt(Stage stage, WorkflowStub run) {
        return stage.history(run).getEvents().stream()
                .map(HistoryEvent::getEventType)
                .dropWhile(it -> it != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED)
                .anyMatch(it -> it == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    }

    @Test
    void a_failing_delivery_is_tried_again_and_a_strange_signal_ignored() {
        world.doors.fails("Delivery.Deliver", 7, () -> new IllegalStateException("a bug in a channel"));
        try (Stage stage = stage(0)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            run.signal("hear", "nonsense");
            run.signal("hear", new Object[] {null});
            run.signal("hear", Map.of("about", ABOUT, "news", "FAILED"));
            run.signal(
                    "hear",
                    Map.of("about", "backup/people", "news", "WELL", "run", "backup-people-20261121T031500Z-k3x9"));
            stage.hoursPass(1);
            assertThat(world.heard).hasSize(2);
            say(stage, News.WELL, 1);
            run.getResult(IncidentReport.class);

            assertThat(world.heard).hasSize(4);
        }
    }

    @Test
    void is_about_the_right_of_something() {
        try (Stage stage = stage(600)) {
            for (List<String> wrong :
                    List.of(List.of("incident/backup/people", ABOUT), List.of("incident/no right", "no right"))) {
                WorkflowStub run = stage.start("Incident", wrong.getFirst(), wrong.getLast());
                assertThatThrownBy(() -> run.getResult(IncidentReport.class))
                        .cause()
                        .isInstanceOfSatisfying(
                                ApplicationFailure.class,
                                it -> assertThat(it.getType()).isEqualTo("WRONG_RIGHT"));
            }
        }
    }

    @Test
    void its_page_has_the_steps_of_all_endings() {
        Set<String> titles = new LinkedHashSet<>();
        try (Stage stage = stage(600)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1, Severity.P3);
            say(stage, News.FAILED, 1);
            Stage.until(() -> world.tellings.size() == 2);
            say(stage, News.TROUBLE, 1, Severity.P1);
            stage.hoursPass(25);
            say(stage, News.WELL, 1);
            run.getResult(IncidentReport.class);
            titles.addAll(stage.titles(run));
            WorkflowStub silent = say(stage, News.TROUBLE, 2);
            silent.getResult(IncidentReport.class);
            titles.addAll(stage.titles(silent));
        }
        assertThat(titles)
                .containsExactlyInAnyOrderElementsOf(Page.of("incident.md").headings());
    }

    private WorkflowStub say(Stage stage, News news, int run) {
        return say(stage, news, run, Severity.P2);
    }

    private WorkflowStub say(Stage stage, News news, int run, Severity severity) {
        Notice notice = new Notice(name(run), ABOUT, news, severity, "Dump", "it is " + run, "all", "wait");
        Announced.to(stage.client(), notice);
        return stage.client().newUntypedWorkflowStub("incident/" + ABOUT);
    }

    private static RunName name(int night) {
        return RunName.of(
                "backup", "orders", Instant.parse("2026-11-01T02:00:00Z").plus(Duration.ofDays(night)), "abcdef");
    }

    private Stage stage(int cache) {
        return new Stage(cache, List.of(IncidentRunbook.class), world.everybody(), new StepTitles());
    }

    private static void ends(Stage stage, WorkflowStub run, String ending, int cache) {
        stage.replay(run);
        if (cache > 0) {
            RecordedHistories.record("Incident", ending, stage.history(run));
        }
    }
}
