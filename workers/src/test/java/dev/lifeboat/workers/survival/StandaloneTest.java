package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.repository.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups on the night on which Temporal is gone, and what is left of them when their own servers die as well. */
@Tag("survival")
@Timeout(600)
class StandaloneTest {

    @Test
    void a_backup_is_made_while_temporal_is_stopped() {
        try (Shop shop = Shop.open(1_000)) {
            shop.temporal().kill();

            try (TestCommand command = TestCommand.type(shop, "backup", "orders", "--standalone", "--host", "test")) {
                assertThat(command.exitCode()).as(command.said()).isZero();
                assertThat(command.said()).contains("completed", "2 of 2", "standalone in " + shop.state());
            }
            new Aftermath(shop).oneGoodBackup();
            Path folder = folder(shop);
            assertThat(permissions(folder)).isEqualTo("rwx------");
            assertThat(living(folder)).as("what it left running").isEmpty();
            try (TestCommand again = TestCommand.type(shop, "resume", folder.toString())) {
                assertThat(again.exitCode()).as(again.said()).isZero();
                assertThat(again.said()).contains("has ended already: completed");
            }
        }
    }

    @Test
    void a_hosts_own_cron_makes_one_and_finds_nothing_to_do_the_next_time() {
        try (Shop shop = Shop.open(1_000)) {
            shop.temporal().kill();
            String[] cron = {"backup", "orders", "--standalone", "--if-older-than", "26h", "--host", "test"};

            try (TestCommand first = TestCommand.type(shop, cron)) {
                assertThat(first.exitCode()).as(first.said()).isZero();
                assertThat(first.said()).contains("completed").doesNotContain("nothing to do");
            }
            Manifest made = new Aftermath(shop).oneGoodBackup();
            try (TestCommand second = TestCommand.type(shop, cron)) {
                assertThat(second.exitCode()).as(second.said()).isZero();
                assertThat(second.said())
                        .contains("the newest backup '%s' is".formatted(made.backup()), ": nothing to do");
            }
            assertThat(new Aftermath(shop).oneGoodBackup().backup()).isEqualTo(made.backup());
            assertThat(living(folder(shop))).as("what was left running").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"command worker temporal", "command"})
    void what_dies_in_mid_dump_is_resumed_to_one_committed_backup(String dying) {
        try (Shop shop = Shop.open(Shop.MANY)) {
            slowly(shop);
            shop.temporal().kill();
            Path folder;
            try (TestCommand command = TestCommand.type(shop, "backup", "orders", "--standalone", "--host", "test")) {
                await("a dump").atMost(Duration.ofMinutes(3)).until(() -> shop.reads() > 0);
                folder = folder(shop);
                for (String each : dying.split(" ", -1)) {
                    kill(each, command, folder);
                }
                command.kill();

                try (TestCommand resumed = TestCommand.type(shop, "resume", folder.toString())) {
                    await("the lock").atMost(Duration.ofMinutes(2)).until(() -> isWorking(folder));
                    try (TestCommand second = TestCommand.type(shop, "resume", folder.toString())) {
                        assertThat(second.exitCode()).isEqualTo(2);
                        assertThat(second.said()).contains("another command (process", "works in");
                    }
                    assertThat(resumed.exitCode()).as(resumed.said()).isZero();
                }
            }
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).awaitNoChildren();
            assertThat(living(folder)).isEmpty();
        }
    }

    @Test
    void the_next_command_goes_on_with_what_a_killed_one_has_left() {
        try (Shop shop = Shop.open(Shop.MANY)) {
            slowly(shop);
            shop.temporal().kill();
            String[] line = {"backup", "orders", "--standalone", "--host", "test", "--if-older-than", "26h"};
            try (TestCommand command = TestCommand.type(shop, line)) {
                await("a dump").atMost(Duration.ofMinutes(3)).until(() -> shop.reads() > 0);
                Path folder = folder(shop);
                for (String each : List.of("command", "worker", "temporal")) {
                    kill(each, command, folder);
                }

                try (TestCommand next = TestCommand.type(shop, line)) {
                    assertThat(next.exitCode()).as(next.said()).isZero();
                    assertThat(next.said())
                            .contains("going on in '%s': the command that worked there died".formatted(folder));
                }
                assertThat(folder(shop)).as("the only one").isEqualTo(folder);
            }
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).awaitNoChildren();
        }
    }

    @Test
    void what_dies_alone_is_started_again_and_the_run_goes_on() {
        try (Shop shop = Shop.open(Shop.MANY)) {
            slowly(shop);
            shop.temporal().kill();
            try (TestCommand command = TestCommand.type(shop, "backup", "orders", "--standalone", "--host", "test")) {
                await("a dump").atMost(Duration.ofMinutes(3)).until(() -> shop.reads() > 0);
                kill("worker", command, folder(shop));
                kill("temporal", command, folder(shop));

                assertThat(command.exitCode()).as(command.said()).isZero();
                assertThat(command.said())
                        .contains("the worker died; starting it again")
                        .contains("the private server died; starting it again");
            }
            new Aftermath(shop).oneGoodBackup();
            assertThat(living(folder(shop))).isEmpty();
        }
    }

    @Test
    void without_temporals_program_it_is_made_in_memory_after_a_warning() {
        try (Shop shop = Shop.open(1_000)) {
            shop.temporal().kill();

            try (TestCommand command =
                    TestCommand.typeWithoutTemporal(shop, "backup", "orders", "--standalone", "--host", "test")) {
                assertThat(command.exitCode()).as(command.said()).isZero();
                assertThat(command.said())
                        .contains("without Temporal's own program", "dies, the run is over", "completed");
            }
            new Aftermath(shop).oneGoodBackup();
        }
    }

    @Test
    void in_memory_the_death_of_the_worker_is_the_end_and_the_next_command_takes_over() {
        try (Shop shop = Shop.open(Shop.MANY)) {
            slowly(shop);
            shop.temporal().kill();
            String run;
            try (TestCommand command =
                    TestCommand.typeWithoutTemporal(shop, "backup", "orders", "--standalone", "--host", "test")) {
                await("a dump").atMost(Duration.ofMinutes(3)).until(() -> shop.reads() > 0);
                kill("worker", command, folder(shop));

                assertThat(command.exitCode()).isEqualTo(1);
                assertThat(command.said())
                        .contains(
                                "the worker died, and the run cannot go on here",
                                "--standalone --take-over backup-orders-")
                        .doesNotContain("\tat ");
                run = command.said().replaceAll("(?s).*--take-over (backup-orders-\\S+[a-z0-9]).*", "$1");
            }
            try (TestCommand resumed =
                    TestCommand.type(shop, "resume", folder(shop).toString())) {
                assertThat(resumed.exitCode()).isEqualTo(2);
                assertThat(resumed.said()).contains("was kept in memory only");
            }
            try (TestCommand next =
                    TestCommand.type(shop, "backup", "orders", "--standalone", "--host", "test", "--take-over", run)) {
                assertThat(next.exitCode()).as(next.said()).isZero();
            }
            assertThat(new Aftermath(shop).inventory().entries()).hasSize(1);
            new Aftermath(shop).awaitNoChildren();
        }
    }

    private static void kill(String which, TestCommand command, Path folder) {
        switch (which) {
            case "command" -> command.kill();
            case "worker" -> process(folder.resolve("worker.process")).ifPresent(ProcessHandle::destroyForcibly);
            case "temporal" ->
                process(folder.resolve("temporal/temporal.process")).ifPresent(ProcessHandle::destroyForcibly);
            default -> throw new IllegalArgumentException(which);
        }
    }

    // The lock names who has it: the first resume, once the command that died is not named any more.
    private static boolean isWorking(Path folder) {
        return TestFolders.lines(folder.resolve("lock")).stream()
                .findFirst()
                .flatMap(it -> ProcessHandle.of(Long.parseLong(it)))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    static void slowly(Shop shop) {
        Path settings = shop.state().resolveSibling("lifeboat.yml");
        String text = String.join("\n", TestFolders.lines(settings)) + "\n";
        TestFolders.writePrivate(settings, text.replace("to: [main, far]", "to: [main, far], rate-limit: 1MB"));
    }

    static Path folder(Shop shop) {
        try (Stream<Path> all = Files.list(shop.state().resolve("standalone"))) {
            List<Path> folders = all.toList();
            assertThat(folders).hasSize(1);
            return folders.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ProcessHandle> living(Path folder) {
        return Stream.of("worker.process", "temporal/temporal.process")
                .map(folder::resolve)
                .map(StandaloneTest::process)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ProcessHandle> process(Path record) {
        String[] said = TestFolders.lines(record).getFirst().split(" ", 2);
        return ProcessHandle.of(Long.parseLong(said[0])).filter(ProcessHandle::isAlive);
    }

    private static String permissions(Path folder) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
