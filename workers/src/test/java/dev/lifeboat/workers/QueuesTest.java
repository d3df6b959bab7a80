package dev.lifeboat.workers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.lifeboat.activities.Repositories;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.postgres.ClientPrograms;
import dev.lifeboat.activities.programs.Programs;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.Activities;
import io.temporal.activity.ActivityInterface;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** An activity interface belongs to exactly one queue, so that a worker holds the keys of its roles and no others. */
class QueuesTest {

    private static final Path EXAMPLE = Path.of(System.getProperty("lifeboat.root"), "lifeboat.example.yml");

    @Test
    void activity_interfaces_are_words_of_the_workflows() {
        classes()
                .that()
                .areAnnotatedWith(ActivityInterface.class)
                .should()
                .resideInAPackage("dev.lifeboat.workflows.activity")
                .andShould()
                .haveSimpleNameEndingWith("Activities")
                .because("a runbook reads like its page when the boundary speaks its language; the doing is elsewhere")
                .check(Ours.classes());
    }

    @Test
    void every_activity_interface_is_served_on_exactly_one_queue() {
        assertThat(served().map(it -> it.type().getName()))
                .as("what Role.all registers: every activity interface, once")
                .containsExactlyInAnyOrderElementsOf(Ours.classes().stream()
                        .filter(it -> it.isAnnotatedWith(ActivityInterface.class))
                        .map(JavaClass::getName)
                        .toList());
    }

    @Test
    void runbooks_call_each_activity_on_the_queue_that_serves_it() {
        Map<String, List<String>> serving = served().collect(toMap(
                it -> it.type().getName(), it -> List.of(it.queue().name())));
        List<JavaMethod> stubs = Ours.classes().get(Activities.class).getMethods().stream()
                .filter(it -> it.getModifiers().contains(JavaModifier.PUBLIC))
                .toList();
        assertThat(stubs)
                .isNotEmpty()
                .allSatisfy(stub -> assertThat(queues(stub))
                        .as("the queue that Activities.%s asks; a task on another queue waits for ever", stub.getName())
                        .isEqualTo(serving.getOrDefault(stub.getRawReturnType().getName(), List.of())));
    }

    @Test
    void every_queue_has_one_role() {
        assertThat(roles().stream().map(Role::queue)).containsExactlyInAnyOrder(Queue.values());
        assertThat(roles().stream().filter(Role::runbooks).map(Role::queue)).containsExactly(Queue.CONTROL);
    }

    private static List<String> queues(JavaMethod stub) {
        return stub.getFieldAccesses().stream()
                .filter(it -> it.getTargetOwner().isEquivalentTo(Queue.class))
                .map(it -> it.getName())
                .toList();
    }

    private static java.util.stream.Stream<Served> served() {
        return roles().stream()
                .flatMap(role -> role.activities().stream()
                        .flatMap(it -> Arrays.stream(it.getClass().getInterfaces()))
                        .filter(it -> it.isAnnotationPresent(ActivityInterface.class))
                        .map(it -> new Served(it, role.queue())));
    }

    private static List<Role> roles() {
        Settings settings = Settings.load(EXAMPLE);
        Programs none = (owner, command) -> {
            throw new IllegalStateException("nothing is started here");
        };
        return Role.all(new Tools(
                settings,
                new Repositories(settings, "db1", UnaryOperator.identity()),
                none,
                ClientPrograms.of(none, Map.of()),
                (address, purpose) -> {
                    throw new IllegalStateException("nothing is connected here");
                },
                Path.of("."),
                "db1"));
    }

    private record Served(Class<?> type, Queue queue) {}
}
