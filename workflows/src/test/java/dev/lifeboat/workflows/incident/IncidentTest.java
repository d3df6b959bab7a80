package dev.lifeboat.workflows.incident;

import static dev.lifeboat.workflows.incident.Rehearsal.ABOUT;
import static dev.lifeboat.workflows.incident.Rehearsal.ends;
import static dev.lifeboat.workflows.incident.Rehearsal.name;
import static dev.lifeboat.workflows.incident.Rehearsal.say;
import static dev.lifeboat.workflows.incident.Rehearsal.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Page;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.Severity;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an {@link Incident} tells, and when again; remembered by the worker (600) and replayed at every task (0). */
class IncidentTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void tells_that_it_began_and_that_it_is_over_and_nothing_in_between(int cache) {
        try (Stage stage = stage(world, cache)) {
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
        try (Stage stage = stage(world, cache)) {
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
        try (Stage stage = stage(world, cache)) {
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
        try (Stage stage = stage(world, cache)) {
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
    void ends_by_itself_after_thirty_silent_days_and_does_not_say_that_it_is_over(int cache) {
        try (Stage stage = stage(world, cache)) {
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
        try (Stage stage = stage(world, 600)) {
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
        try (Stage stage = stage(world, 600)) {
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
        try (Stage stage = stage(world, 600)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            Stage.until(() -> world.heard.size() == 2);
            run.cancel();
            assertThatThrownBy(() -> run.getResult(IncidentReport.class)).hasCauseInstanceOf(CanceledFailure.class);

            assertThat(world.heard).hasSize(2);
            ends(stage, run, "cancelled", 600);
        }
    }

    @Test
    void is_about_the_right_of_something() {
        try (Stage stage = stage(world, 600)) {
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
        try (Stage stage = stage(world, 600)) {
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
}
