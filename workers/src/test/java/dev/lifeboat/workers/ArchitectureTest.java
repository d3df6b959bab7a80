package dev.lifeboat.workers;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.lifeboat.configuration.SecretRef;
import dev.lifeboat.repository.store.Stores;
import org.junit.jupiter.api.Test;

/** Who may know whom, in all six modules. */
class ArchitectureTest {

    private static final JavaClasses OURS = Ours.classes();

    private static final String CONFIGURATION = "dev.lifeboat.configuration..";
    private static final String REPOSITORY = "dev.lifeboat.repository..";
    private static final String WORKFLOWS = "dev.lifeboat.workflows..";
    private static final String ACTIVITIES = "dev.lifeboat.activities..";
    private static final String WORKERS = "dev.lifeboat.workers..";
    private static final String STARTER = "dev.lifeboat.starter..";

    @Test
    void configuration_knows_nothing_of_ours() {
        knowsOnly(CONFIGURATION, CONFIGURATION);
    }

    @Test
    void the_repository_knows_only_where_the_configuration_says_it_lies() {
        knowsOnly(REPOSITORY, REPOSITORY, CONFIGURATION);
    }

    @Test
    void workflows_know_nothing_of_ours() {
        knowsOnly(WORKFLOWS, WORKFLOWS);
    }

    @Test
    void starter_knows_neither_activities_nor_workers() {
        knowsOnly(STARTER, STARTER, WORKFLOWS, REPOSITORY, CONFIGURATION);
    }

    @Test
    void workers_do_not_know_the_command() {
        knowsOnly(WORKERS, WORKERS, ACTIVITIES, WORKFLOWS, REPOSITORY, CONFIGURATION);
    }

    @Test
    void nobody_knows_the_workers() {
        noClasses()
                .that()
                .resideOutsideOfPackage(WORKERS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(WORKERS)
                .because("a worker is a process of its own: who needs one starts workers.jar")
                .check(OURS);
    }

    @Test
    void activities_know_no_runbook() {
        DescribedPredicate<JavaClass> vocabulary = resideInAnyPackage(
                        "dev.lifeboat.workflows.activity", "dev.lifeboat.workflows.model")
                .or(named("dev.lifeboat.workflows.Queue"))
                .or(named("dev.lifeboat.workflows.RunAttributes"))
                .or(named("dev.lifeboat.workflows.backup.BackupRequest"))
                .or(named("dev.lifeboat.workflows.journal.Entry"))
                .or(named("dev.lifeboat.workflows.journal.Entry$Status"))
                .as(
                        "the vocabulary of activities: what their interfaces take and return, and how runs are shown in Temporal");
        noClasses()
                .that()
                .resideInAPackage(ACTIVITIES)
                .should()
                .dependOnClassesThat(resideInAPackage(WORKFLOWS).and(DescribedPredicate.not(vocabulary)))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(STARTER, WORKERS)
                .because("an activity does one thing for whoever asks; a runbook decides what comes next. "
                        + "If it needs a new word, put the word into workflows.activity or workflows.model")
                .check(OURS);
    }

    @Test
    void the_repository_outlives_temporal_and_postgresql() {
        noClasses()
                .that()
                .resideInAnyPackage(REPOSITORY, CONFIGURATION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.temporal..", "io.grpc..", "java.sql..", "org.postgresql..", "io.micronaut..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Process.class, ProcessBuilder.class)
                .because("backups must be readable when everything else is gone: the repository stands on files alone")
                .check(OURS);
    }

    @Test
    void micronaut_stays_in_workers_and_vendors_in_activities() {
        noClasses()
                .that()
                .resideOutsideOfPackage(WORKERS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micronaut..")
                .because("starter, standalone runs and tests build the same objects without a container")
                .check(OURS);
        noClasses()
                .that()
                .resideOutsideOfPackage(ACTIVITIES)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.postgresql..")
                .because("a vendor is one package of activities; everybody else speaks the operator's language")
                .check(OURS);
        noClasses()
                .that()
                .resideOutsideOfPackages(ACTIVITIES, "dev.lifeboat.repository.store")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .because("a bucket is one kind of store; everybody else knows stores")
                .check(OURS);
    }

    @Test
    void features_are_free_of_cycles() {
        slices().matching("dev.lifeboat.(*).(*)..")
                .should()
                .beFreeOfCycles()
                // What is asked of a runbook goes on to its activities as it is: a record without behaviour.
                .ignoreDependency(
                        resideInAPackage("dev.lifeboat.workflows.activity"),
                        named("dev.lifeboat.workflows.backup.BackupRequest"))
                .because("a feature that knows who uses it cannot be read, tested or removed alone")
                .check(OURS);
    }

    @Test
    void every_effect_goes_through_a_door() {
        onlyIn("dev.lifeboat.activities.programs", "ProcessBuilder", "ask Programs", owner(ProcessBuilder.class));
        onlyIn("dev.lifeboat.activities.postgres", "the driver", "ask Sql", named("org.postgresql.Driver"));
        noClasses()
                .that(resideInAPackage(ACTIVITIES)
                        .and(DescribedPredicate.not(named("dev.lifeboat.activities.Repositories"))))
                .should()
                .accessClassesThat()
                .belongToAnyOf(Stores.class)
                .because("the tests that kill a worker at every effect stand in the doors: ask Repositories")
                .check(OURS);
    }

    @Test
    void only_starter_prints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(STARTER)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .because("standard output belongs to documents: log it, or return it")
                .check(OURS);
    }

    @Test
    void secrets_are_read_where_they_are_used() {
        classes()
                .that(new DescribedPredicate<JavaClass>("read secrets") {
                    @Override
                    public boolean test(JavaClass it) {
                        return !it.isEquivalentTo(SecretRef.class)
                                && it.getMethodCallsFromSelf().stream()
                                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(SecretRef.class)
                                                && call.getName().equals("read"));
                    }
                })
                .should()
                .haveFullyQualifiedName("dev.lifeboat.activities.postgres.JdbcSql")
                .orShould()
                .haveFullyQualifiedName("dev.lifeboat.activities.postgres.Login")
                .orShould()
                .haveFullyQualifiedName("dev.lifeboat.activities.check.TriedReadCheckActivities")
                .orShould()
                .haveFullyQualifiedName("dev.lifeboat.activities.backup.RepositoryVerifyActivities")
                .orShould()
                .haveFullyQualifiedName("dev.lifeboat.repository.store.Stores")
                .orShould()
                .haveFullyQualifiedName("dev.lifeboat.repository.signature.SigningKey")
                .orShould()
                .haveFullyQualifiedName("dev.lifeboat.activities.notification.Web")
                .orShould()
                .haveFullyQualifiedName("dev.lifeboat.configuration.HeartbeatSettings")
                .orShould()
                .haveFullyQualifiedName("dev.lifeboat.starter.Ping")
                .orShould()
                .haveFullyQualifiedName("dev.lifeboat.starter.Copies")
                .because(
                        "a secret that is passed on ends in a log, a history or an argument: read it where it is used, "
                                + "and name that place here")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage(CONFIGURATION)
                .should()
                .implement(java.io.Serializable.class)
                .because("what holds secret references is never written down as bytes")
                .check(OURS.that(DescribedPredicate.not(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(Enum.class)
                                .or(com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(
                                        Throwable.class)))));
    }

    private static void knowsOnly(String module, String... known) {
        DescribedPredicate<JavaClass> others = resideInAPackage("dev.lifeboat..")
                .and(DescribedPredicate.not(resideInAnyPackage(known)))
                .as("outside of %s", String.join(", ", known));
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(others)
                .because("the modules are cut so that each can be read, tested and replaced alone: if you need more, "
                        + "the thing you need may live in the wrong module")
                .check(OURS);
    }

    private static void onlyIn(String home, String what, String instead, DescribedPredicate<JavaClass> door) {
        noClasses()
                .that()
                .resideInAnyPackage(ACTIVITIES, WORKERS)
                .and()
                .resideOutsideOfPackage(home)
                .should()
                .accessClassesThat(door)
                .because("the tests that kill a worker at every effect stand in the doors: use %s only in %s, else %s"
                        .formatted(what, home, instead))
                .check(OURS);
    }

    private static DescribedPredicate<JavaClass> owner(Class<?> type) {
        return named(type.getName());
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, it -> it.getName().equals(name));
    }
}
