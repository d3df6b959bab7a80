package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.starter.local.Folders;
import dev.lifeboat.starter.local.PrivateTemporal;
import dev.lifeboat.starter.terminal.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With which of the runs that died the next command goes on by itself. */
class LeftBehindTest {

    private static final String RUN = "backup-orders-20261121T020000Z-abcd";
    private static final Standalone.Wishes PLAIN = new Standalone.Wishes(Optional.empty(), Optional.empty(), false);

    @TempDir
    private Path folder;

    private Surroundings surroundings = Surroundings.ofProcess();
    private Path run = Path.of("");

    @BeforeEach
    void leave_a_run_behind() throws IOException {
        Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main: { url: "file:main", recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }
                worker: { state: state }
                databases:
                  orders: { url: "postgresql://x@127.0.0.1:1/orders" }
                """);
        write("main/repository.json", "{\"format\": 1, \"id\": \"c3b5f6a2-0000-4000-8000-000000000000\"}");
        Path tools = Files.createDirectories(folder.resolve("bin"));
        Files.writeString(tools.resolve("temporal"), "#!/bin/sh\necho temporal version none\n");
        Files.setPosixFilePermissions(tools.resolve("temporal"), PosixFilePermissions.fromString("rwx------"));
        surroundings = new Surroundings(
                new Terminal(silent(), silent(), Terminal.Shape.PLAIN, System::nanoTime),
                Map.of("PATH", tools.toString()),
                folder,
                folder);
        run = Folders.makePrivate(folder.resolve("state/standalone/backup-orders-20261121T020000Z"));
        record(surroundings.operator(), true);
        claim(1, RUN);
    }

    @Test
    void a_run_of_this_user_on_this_machine_that_still_has_its_claim_is_gone_on_with() {
        assertThat(found()).contains(run);
    }

    @Test
    void one_in_whose_folder_a_command_works_is_left_alone() {
        try (PrivateTemporal working = PrivateTemporal.take(run, said -> {})) {
            assertThat(found()).isEmpty();
        }
        assertThat(found()).contains(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann@elsewhere", ""})
    void one_of_another_user_or_machine_is_left_alone(String by) {
        record(by, true);

        assertThat(found()).isEmpty();
    }

    @Test
    void one_that_another_run_has_superseded_is_left_alone() throws IOException {
        claim(2, "backup-orders-20261121T030000Z-efgh");

        assertThat(found()).isEmpty();
    }

    @Test
    void one_whose_claim_has_expired_is_left_alone() throws IOException {
        claim(1, RUN, Instant.now().minusSeconds(1));

        assertThat(found()).isEmpty();
    }

    @Test
    void one_whose_backup_is_committed_or_that_left_its_report_is_left_alone() throws IOException {
        for (Key proof : List.of(
                Layout.manifest(new BackupId("orders-20261121T020000Z-abcd")), Layout.report(RUN, "report.json"))) {
            Path file = write("main/" + proof.value(), "{}");
            assertThat(found()).as(proof.value()).isEmpty();

            Files.delete(file);
            assertThat(found()).contains(run);
        }
    }

    @Test
    void one_whose_claim_nobody_can_read_is_left_alone() throws IOException {
        Files.delete(folder.resolve("main/repository.json"));

        assertThat(found()).isEmpty();
    }

    @Test
    void one_that_was_kept_in_memory_or_in_a_folder_open_to_others_is_left_alone() throws IOException {
        record(surroundings.operator(), false);
        assertThat(found()).isEmpty();

        record(surroundings.operator(), true);
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(found()).isEmpty();
    }

    @Test
    void one_whose_lock_cannot_be_opened_is_left_alone() throws IOException {
        Files.createDirectory(run.resolve("lock"));

        assertThat(found()).isEmpty();
    }

    @Test
    void one_that_cannot_be_gone_on_with_does_not_keep_another_from_being_begun() {
        Called called = backup();

        assertThat(called.err())
                .contains(
                        "going on in '%s'".formatted(run),
                        "it cannot be gone on with there, so another run is begun: ",
                        "an earlier standalone run of backup/orders did not end",
                        "standalone in %s".formatted(folder.resolve("state/standalone")))
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--tag=pre-deploy", "--to=main", "--note=x", "--hold=x", "--keep-until=2999-01-01T00:00:00Z"})
    void who_wants_something_of_his_own_waits_for_none(String wish) {
        Called called = backup(wish);

        assertThat(called.err()).contains("standalone in ").doesNotContain("going on in");
    }

    private Called backup(String... wishes) {
        return Called.in(
                folder,
                surroundings.environment(),
                Stream.concat(Stream.of("backup", "orders", "--standalone"), Stream.of(wishes))
                        .toArray(String[]::new));
    }

    @Test
    void who_wants_a_folder_another_host_or_a_run_of_his_own_gets_that() {
        assertThat(found(new Standalone.Wishes(Optional.of(Path.of("x")), Optional.empty(), false)))
                .isEmpty();
        assertThat(found(new Standalone.Wishes(Optional.empty(), Optional.of("db1"), false)))
                .isEmpty();
        assertThat(found(new Standalone.Wishes(Optional.empty(), Optional.empty(), true)))
                .isEmpty();
    }

    private Optional<Path> found() {
        return found(PLAIN);
    }

    private Optional<Path> found(Standalone.Wishes wishes) {
        Settings settings = Settings.load(folder.resolve("lifeboat.yml"));
        return new LeftBehind(new Conventions(surroundings), settings, Instant.now()).of("backup/orders", wishes);
    }

    private void record(String by, boolean durable) {
        new StandaloneRecord(
                        "backup/orders",
                        Settings.load(folder.resolve("lifeboat.yml")).file(),
                        Optional.empty(),
                        durable,
                        by,
                        Instant.parse("2026-11-21T02:00:00Z"),
                        Optional.of(RUN),
                        Optional.empty())
                .write(run);
    }

    private void claim(int number, String claimant) throws IOException {
        claim(number, claimant, Instant.now().plus(Duration.ofHours(3)));
    }

    private void claim(int number, String claimant, Instant expires) throws IOException {
        write("main/databases/orders/claims/%d.json".formatted(number), """
                {"format": 1, "run": "%s", "right": "backup/orders", "origin": "private/default",
                 "started": "2026-11-21T02:00:00Z", "expires": "%s"}
                """.formatted(claimant, expires));
    }

    private Path write(String file, String content) throws IOException {
        Path at = folder.resolve(file);
        Files.createDirectories(at.getParent());
        return Files.writeString(at, content);
    }

    private static PrintStream silent() {
        return new PrintStream(PrintStream.nullOutputStream());
    }
}
