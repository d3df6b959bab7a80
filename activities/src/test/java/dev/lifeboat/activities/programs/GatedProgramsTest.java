package dev.lifeboat.activities.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatedProgramsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Path SHELL = Path.of("/bin/sh");

    @TempDir
    Path state;

    private GatedPrograms programs;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void open() {
        programs = new GatedPrograms(state);
    }

    @AfterEach
    void endWhatTheTestStarted() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void a_program_gets_exactly_its_arguments() throws Exception {
        List<String> odd = List.of(
                "plain",
                "",
                " ",
                "two words",
                "it's",
                "\"quoted\"",
                "$(touch pwned)",
                "`id`",
                "$HOME",
                "a;b|c&d>e",
                "-c",
                "--",
                "*",
                "\\",
                "line\nbreak\n",
                "tab\t",
                "🛟 ünï");
        String program = "for it in \"$@\"; do printf '%s\\0' \"$it\"; done";
        List<String> line = new ArrayList<>(List.of("-c", program, "sh"));
        line.addAll(odd);

        try (Child child = programs.start("run", new Command(SHELL, line, Map.of()))) {
            String said = new String(child.output().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.end()).isZero();
            assertThat(said.split("\0", -1))
                    .startsWith(odd.toArray(String[]::new))
                    .hasSize(odd.size() + 1);
        }
    }

    @Test
    void a_program_gets_its_own_environment_and_nothing_of_ours() throws Exception {
        assertThat(System.getenv()).as("what this JVM has").isNotEmpty();
        Command command = new Command(Path.of("/usr/bin/env"), List.of("-0"), Map.of("PGHOST", "db $(id)\n1"));

        try (Child child = programs.start("run", command)) {
            String said = new String(child.output().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.end()).isZero();
            assertThat(said.split("\0"))
                    .contains("PGHOST=db $(id)\n1", "LC_ALL=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin")
                    .allMatch(it -> it.matches("(?s)(PGHOST|LC_ALL|PATH|PWD|OLDPWD|SHLVL|_)=.*"));
        }
    }

    @Test
    void a_program_reads_nothing_from_us() throws Exception {
        try (Child child = programs.start("run", new Command(Path.of("/bin/cat"), List.of(), Map.of()))) {
            assertThat(child.output().readAllBytes()).isEmpty();
            assertThat(child.end()).isZero();
        }
    }

    @Test
    void id_and_start_are_on_disk_before_the_program_does_anything() throws Exception {
        String program =
                "grep -l \"^child.pid=$$\\$\" \"$1\"/processes/*.properties && cat \"$1\"/processes/*.properties";

        try (Child child = programs.start("the-run", shell(program, state.toString()))) {
            String said = new String(child.output().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.end()).as(child.errors()).isZero();
            assertThat(said)
                    .contains("child.pid=" + child.pid(), "owner=the-run", "program=sh")
                    .contains("worker.pid=" + ProcessHandle.current().pid())
                    .containsPattern("child\\.started=\\d{4}-\\d\\d-\\d\\d");
        }
        assertThat(records()).as("records of a program that has ended").isEmpty();
    }

    @Test
    void nothing_of_a_record_can_be_read_by_others() throws Exception {
        try (Child child = programs.start("the-run", shell("sleep 60"))) {
            assertThat(child.pid()).isPositive();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("processes"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void a_worker_that_dies_before_it_opens_the_gate_leaves_no_program() throws Exception {
        Path trace = state.resolve("trace");
        Process child =
                GatedPrograms.builder(shell("touch \"$1\"", trace.toString())).start();
        started.add(child);

        child.getOutputStream().close(); // as the system does for a process that dies

        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isNotZero();
        assertThat(trace).doesNotExist();
    }

    @Test
    void a_worker_that_is_killed_leaves_a_program_that_the_next_one_ends_with_all_it_started() throws Exception {
        Process worker = workerThatStarts("sleep 1000 & echo $!; exec sleep 1000");
        long grandchild = Long.parseLong(worker.inputReader().readLine().strip());
        long child = record("child");
        assertThat(programs.sweep()).as("while its worker lives").isEmpty();
        assertThat(ProcessHandle.of(child)).isPresent();

        worker.destroyForcibly().waitFor();
        assertThat(isAlive(child)).as("a program outlives a killed worker").isTrue();

        assertThat(programs.sweep()).containsExactly("sh of orphan (process %d)".formatted(child));
        await().atMost(SOON).until(() -> !isAlive(child) && !isAlive(grandchild));
        assertThat(records()).isEmpty();
        assertThat(programs.sweep()).isEmpty();
    }

    @Test
    void a_process_that_got_the_id_of_a_dead_child_is_left_alone() throws Exception {
        Process innocent = new ProcessBuilder("sleep", "1000").start();
        started.add(innocent);
        writeRecord(new ProcessRecord(innocent.pid(), Instant.now().minusSeconds(3600)), dead());

        assertThat(programs.sweep()).isEmpty();

        assertThat(innocent.isAlive()).isTrue();
        assertThat(records()).isEmpty();
    }

    @Test
    void a_process_that_got_the_id_of_a_dead_worker_protects_nothing() throws Exception {
        Process child = new ProcessBuilder("sleep", "1000").start();
        started.add(child);
        ProcessRecord other =
                new ProcessRecord(ProcessHandle.current().pid(), Instant.now().minusSeconds(36000));
        writeRecord(ProcessRecord.of(child.toHandle()), other);

        assertThat(programs.sweep()).hasSize(1);

        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_record_that_nobody_can_read_does_not_keep_a_worker_from_starting() throws Exception {
        Files.writeString(state.resolve("processes/torn.properties"), "owner=run\nchild.pi");
        Process child = new ProcessBuilder("sleep", "1000").start();
        started.add(child);
        writeRecord(ProcessRecord.of(child.toHandle()), dead());

        assertThat(programs.sweep()).hasSize(1);

        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void workers_that_come_and_go_do_not_disturb_a_sweep() throws Exception {
        Thread busy = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 60; i++) {
                try (Child child = programs.start("busy", shell("exit 0"))) {
                    assertThat(child.end()).isZero();
                } catch (InterruptedException e) {
                    return;
                }
            }
        });

        while (busy.isAlive()) {
            assertThat(programs.sweep()).isEmpty();
        }
    }

    @Test
    void the_last_64_KiB_of_the_errors_are_kept() throws Exception {
        String program = "echo first >&2; yes 🛟 | head -c 200000 >&2; echo the end >&2; exit 3";

        try (Child child = programs.start("run", shell(program))) {
            assertThat(child.output().readAllBytes()).isEmpty();
            assertThat(child.end()).isEqualTo(3);
            assertThat(child.errors()).endsWith("the end").hasSizeBetween(65_000, 64 * 1024);
            assertThat(child.errors()).doesNotContain("first").contains("🛟\n🛟");
            assertThat(child.errors()).as("no letter is cut in two").doesNotContain("\uFFFD");
        }
    }

    @Test
    void killing_ends_also_what_the_program_started() throws Exception {
        try (Child child = programs.start("run", shell("sleep 1000 & echo $!; wait"))) {
            long grandchild = firstLine(child);

            child.kill();

            assertThat(isAlive(child.pid())).isFalse();
            await().atMost(SOON).until(() -> !isAlive(grandchild));
        }
    }

    @Test
    @Tag("slow")
    void killing_insists_where_asking_does_not_help() throws Exception {
        String stubborn = "trap '' TERM; sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1; done' & "
                + "trap 'exit 0' TERM; wait; wait";
        try (Child child = programs.start("run", shell(stubborn))) {
            long grandchild = firstLine(child);

            child.kill();

            assertThat(isAlive(child.pid())).isFalse();
            await().atMost(SOON).until(() -> !isAlive(grandchild));
        }
    }

    @Test
    @Tag("slow")
    void a_stopped_program_is_killed_all_the_same() throws Exception {
        try (Child child = programs.start("run", shell("kill -STOP $$; sleep 1000"))) {
            child.kill();

            assertThat(isAlive(child.pid())).isFalse();
        }
    }

    @Test
    void closing_ends_a_program_that_still_runs() throws Exception {
        Child child = programs.start("run", shell("exec sleep 1000"));

        child.close();

        assertThat(isAlive(child.pid())).isFalse();
        assertThat(records()).isEmpty();
    }

    @Test
    void a_program_that_is_not_there_is_said_by_its_exit_code_and_words() throws Exception {
        Command command = new Command(Path.of("/no/such/program"), List.of(), Map.of());

        try (Child child = programs.start("run", command)) {
            assertThat(child.output().readAllBytes()).isEmpty();
            assertThat(child.end()).isEqualTo(127);
            assertThat(child.errors()).contains("/no/such/program");
        }
    }

    @Test
    void a_state_folder_that_cannot_be_made_is_named() throws Exception {
        Path file = Files.createFile(state.resolve("a-file"));

        assertThatThrownBy(() -> new GatedPrograms(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    /** Another JVM with a worker's programs; it dies only when it is killed. */
    private Process workerThatStarts(String program) throws IOException {
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Orphaning.class.getName(),
                        state.toString(),
                        program)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(worker);
        return worker;
    }

    /** The worker that is killed. */
    static final class Orphaning {

        private Orphaning() {}

        public static void main(String[] arguments) throws Exception {
            GatedPrograms programs = new GatedPrograms(Path.of(arguments[0]));
            try (Child child = programs.start("orphan", shell(arguments[1]))) {
                child.output().transferTo(System.out);
                child.end();
            }
        }
    }

    private static Command shell(String program, String... arguments) {
        List<String> line = new ArrayList<>(List.of("-c", program, "sh"));
        line.addAll(List.of(arguments));
        return new Command(SHELL, line, Map.of());
    }

    private static long firstLine(Child child) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = child.output().read();
                letter != '\n';
                letter = child.output().read()) {
            line.append((char) letter);
        }
        return Long.parseLong(line.toString().strip());
    }

    private static ProcessRecord dead() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        ProcessRecord record = ProcessRecord.of(gone.toHandle());
        gone.waitFor();
        return record;
    }

    private void writeRecord(ProcessRecord child, ProcessRecord worker) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("owner", "run");
        properties.setProperty("program", "pg_dump");
        child.write(properties, "child");
        worker.write(properties, "worker");
        try (var out = Files.newOutputStream(state.resolve("processes/planted.properties"))) {
            properties.store(out, null);
        }
    }

    private long record(String prefix) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(
                state.resolve("processes").resolve(records().getFirst()))) {
            properties.load(in);
        }
        return ProcessRecord.read(properties, prefix).pid();
    }

    private List<String> records() throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("processes"))) {
            return files.map(it -> it.getFileName().toString()).toList();
        }
    }

    // One that has ended and whom nobody has asked for its exit code yet is dead, too.
    private static boolean isAlive(long pid) {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        try {
            return handle.isPresent()
                    && !Files.readString(Path.of("/proc/%d/stat".formatted(pid)))
                            .contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }
}
