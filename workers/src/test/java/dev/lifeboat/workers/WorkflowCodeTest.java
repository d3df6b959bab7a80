package dev.lifeboat.workers;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.Runbook;
import dev.lifeboat.workflows.Runbooks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What code that Temporal replays may not do. */
class WorkflowCodeTest {

    /** All of {@code workflows} but the two places that run outside of a workflow: connecting, and the converter. */
    private static final JavaClasses REPLAYED = Ours.classes()
            .that(resideInAPackage("dev.lifeboat.workflows..")
                    .and(DescribedPredicate.not(resideInAPackage("dev.lifeboat.workflows.connection")))
                    .and(DescribedPredicate.describe(
                            "not Payloads", it -> !it.getName().startsWith(Payloads.class.getName()))));

    @Test
    void time_comes_from_temporal() {
        for (Class<?> clock : List.of(
                Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class)) {
            noClasses()
                    .should()
                    .callMethodWhere(DescribedPredicate.describe(
                            "asks %s for now".formatted(clock.getSimpleName()),
                            call -> call.getTargetOwner().isEquivalentTo(clock)
                                    && call.getName().equals("now")))
                    .because("a replay would see another time: use Journal.now()")
                    .check(REPLAYED);
        }
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class)
                .because("a replay would see another time: use Journal.now()")
                .check(REPLAYED);
    }

    @Test
    void nothing_is_asked_of_this_machine() {
        noClasses()
                .should()
                .accessClassesThat()
                .belongToAnyOf(System.class, Runtime.class, ProcessHandle.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..", "java.security..")
                .because(
                        "a replay may run on another machine in another year: what the world says comes from an activity")
                .check(REPLAYED);
    }

    @Test
    void nothing_is_left_to_chance() {
        noClasses()
                .should()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, SecureRandom.class)
                .because("a replay would draw again: use Workflow.randomUUID() or Workflow.newRandom()")
                .check(REPLAYED);
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(HashMap.class, HashSet.class)
                .orShould()
                .callMethodWhere(DescribedPredicate.describe(
                        "makes a set or map without an order",
                        call -> Set.of("java.util.Set", "java.util.Map")
                                        .contains(call.getTargetOwner().getName())
                                && List.of("of", "copyOf", "ofEntries").contains(call.getName())))
                .because("their order differs from one JVM to the next, and with it the order of commands: "
                        + "use List, LinkedHashMap or LinkedHashSet")
                .check(REPLAYED);
    }

    @Test
    void no_thread_but_temporals() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadLocal.class)
                .because("workflow code waits with Workflow.await and runs beside itself with Async: Temporal decides "
                        + "the order of its threads, and repeats it on replay")
                .check(REPLAYED);
    }

    @Test
    void logs_are_temporals() {
        noClasses()
                .should()
                .accessClassesThat()
                .belongToAnyOf(LoggerFactory.class)
                .because("a replay would log everything again: use Workflow.getLogger")
                .check(REPLAYED);
    }

    @Test
    void no_run_continues_as_new() {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "continues as new",
                        call -> call.getName().startsWith("continueAsNew")
                                || call.getName().startsWith("newContinueAsNewStub")))
                .because("no run is endless: what is endless is a component or a schedule")
                .check(REPLAYED);
    }

    @Test
    void a_bug_is_never_caught() {
        Set<String> tooWide =
                Set.of("java.lang.Throwable", "java.lang.Exception", "java.lang.RuntimeException", "java.lang.Error");
        codeUnits()
                .should(new ArchCondition<JavaCodeUnit>("not catch a bug of ours") {
                    @Override
                    public void check(JavaCodeUnit code, ConditionEvents events) {
                        code.getTryCatchBlocks().stream()
                                .filter(it -> it.getCaughtThrowables().stream()
                                        .map(JavaClass::getName)
                                        .anyMatch(tooWide::contains))
                                .forEach(it -> events.add(SimpleConditionEvent.violated(
                                        code, "%s catches too much %s".formatted(code.getFullName(), it))));
                    }
                })
                .because("a bug of ours must block the run and undo nothing until a worker with the fix comes: "
                        + "catch TemporalFailure, or less")
                .check(REPLAYED);
    }

    @Test
    void no_step_has_a_finally() {
        assertThat(REPLAYED.stream().flatMap(WorkflowCodeTest::finallys).toList())
                .as(
                        "finally blocks in workflow code. They also run when a bug blocks the run, and when the worker only "
                                + "forgets the run: undo.around says what is put back and when")
                .isEmpty();
    }

    @Test
    void every_runbook_is_on_the_list() {
        List<String> written = REPLAYED.stream()
                .map(JavaClass::getName)
                .filter(it -> it.endsWith("Runbook") && !it.equals(Runbook.class.getName()))
                .toList();
        assertThat(Runbooks.ALL.stream().map(it -> it.implementation().getName()))
                .as("Runbooks.ALL is what a worker registers: a runbook that is not on it never runs")
                .containsExactlyInAnyOrderElementsOf(written);
    }

    // ArchUnit does not tell a finally from no block at all; the compiler writes it as a handler of any type.
    private static Stream<String> finallys(JavaClass type) {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        List<String> found = new ArrayList<>();
        try (InputStream code = Runbook.class.getResourceAsStream(file)) {
            new Finallys(type.getName(), found).read(code.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream();
    }
}
