package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, in a copy of the project with a JDK and a build that only say how they were called. */
class LauncherTest {

    @TempDir
    Path folder;

    private Path root;
    private Path jdk;

    @BeforeEach
    void copyTheLauncher() throws IOException {
        root = Files.createDirectories(folder.resolve("a folder"));
        jdk = folder.resolve("jdk");
        Files.copy(Path.of(System.getProperty("lifeboat.root"), "lifeboat"), root.resolve("lifeboat"));
        write(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        program(jdk.resolve("bin/java"), """
                #!/bin/sh
                echo "locale $LC_ALL"
                for word in "$@"; do echo "[$word]"; done
                """);
        write(root.resolve("lib/starter.jar"), "");
        write(root.resolve("lib/workers.jar"), "");
    }

    @Test
    void it_hands_over_every_word_as_it_is() throws Exception {
        Ran ran = run(root.resolve("lifeboat"), "backup", "two words", "", "a*b", "ü😀");

        assertThat(ran.said()).contains("[backup]\n[two words]\n[]\n[a*b]\n[ü😀]\n");
        assertThat(ran.said()).contains("[-jar]\n[" + root.toRealPath() + "/lib/starter.jar]", "[-Xlog:disable]");
        assertThat(ran.exitCode()).isZero();
    }

    @Test
    void it_works_through_a_relative_link_of_a_link() throws Exception {
        Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("bin/one"), Path.of("../a folder/lifeboat"));
        Files.createSymbolicLink(folder.resolve("two"), Path.of("bin/one"));

        assertThat(run(folder.resolve("two"), "version").said()).contains(root.toRealPath() + "/lib/starter.jar");
    }

    @Test
    void the_worker_is_this_process_with_its_own_flags() throws Exception {
        write(root.resolve("lib/worker.options"), "-Xmx512m\n");

        String said =
                run(root.resolve("lifeboat"), "worker", "--roles", "write").said();

        assertThat(said)
                .contains("[@" + root.toRealPath() + "/lib/worker.options]", "/lib/workers.jar]\n[--roles]\n[write]\n");
        assertThat(said).doesNotContain("TieredStopAtLevel", "[worker]");
    }

    @Test
    void help_for_the_worker_comes_from_the_command() throws Exception {
        assertThat(run(root.resolve("lifeboat"), "worker", "--help").said())
                .contains("starter.jar]\n[worker]\n[--help]");
    }

    @Test
    void names_are_utf_8_in_any_locale() throws Exception {
        assertThat(run(Map.of("LC_ALL", "C"), root.resolve("lifeboat"), "x").said())
                .contains("locale C.UTF-8");
        assertThat(run(Map.of("LC_ALL", "de_DE.UTF-8"), root.resolve("lifeboat"), "x")
                        .said())
                .contains("locale de_DE.UTF-8");
    }

    @Test
    void an_old_java_is_refused_in_words() throws Exception {
        write(jdk.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");

        Ran ran = run(root.resolve("lifeboat"), "version");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.said()).contains("is older than 21", "hint: install a JDK 21 or newer");
    }

    @Test
    void a_copy_without_its_jars_is_refused_in_words() throws Exception {
        Files.delete(root.resolve("lib/starter.jar"));

        Ran ran = run(root.resolve("lifeboat"), "version");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.said()).contains("there is no '", "this copy is not complete");
    }

    @Test
    void sources_are_built_once_and_again_only_when_they_change() throws Exception {
        asSources();

        assertThat(run(root.resolve("lifeboat"), "version").said())
                .contains("building Lifeboat", "built\n", "[version]");
        assertThat(run(root.resolve("lifeboat"), "version").said())
                .doesNotContain("building")
                .contains("[version]");

        Files.setLastModifiedTime(
                root.resolve("starter/src/main/A.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run(root.resolve("lifeboat"), "version").said()).contains("building Lifeboat");
    }

    @Test
    void a_build_that_fails_starts_nothing_old() throws Exception {
        asSources();
        program(root.resolve("mvnw"), "#!/bin/sh\necho 'A.java: broken'\nexit 1\n");

        Ran ran = run(root.resolve("lifeboat"), "version");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.said()).contains("A.java: broken", "the build failed").doesNotContain("[version]");
    }

    private void asSources() throws IOException {
        write(root.resolve("pom.xml"), "");
        write(root.resolve("starter/pom.xml"), "");
        write(root.resolve("starter/src/main/A.java"), "");
        program(
                root.resolve("mvnw"),
                "#!/bin/sh\necho built\nmkdir -p target/dist/lib\ntouch target/dist/lib/starter.jar target/dist/lib/workers.jar\n");
    }

    private record Ran(int exitCode, String said) {}

    private Ran run(Path launcher, String... words) throws IOException, InterruptedException {
        return run(Map.of("LC_ALL", "C.UTF-8"), launcher, words);
    }

    private Ran run(Map<String, String> environment, Path launcher, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), said);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void program(Path file, String text) throws IOException {
        write(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
