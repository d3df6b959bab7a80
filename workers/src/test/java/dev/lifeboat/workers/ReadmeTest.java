package dev.lifeboat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.repository.store.TestPort;
import dev.lifeboat.workers.survival.TestTemporal;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types what the README tells a newcomer to type for a database of his own, on a real server. */
@Tag("slow")
@Timeout(300)
class ReadmeTest {

    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void what_the_readme_says_for_your_own_database_works_as_it_stands() throws Exception {
        Path temporal = TestTemporal.find();
        List<String> blocks = blocks("## Your own database");
        try (TestPostgres server = TestPostgres.start()) {
            server.createDatabase("orders");
            server.execute("orders", "CREATE TABLE a AS SELECT generate_series(1, 1000) AS n");
            Path repository = Files.createDirectory(
                    folder.resolve("backups"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            typed(blocks.get(0)
                    .replace("lifeboat@127.0.0.1:5432", login(server))
                    .replace("/var/backups/lifeboat", repository.toString()));
            int port = portWithPage();
            Path configuration = folder.resolve("lifeboat.yml");
            Files.writeString(configuration, Files.readString(configuration).replace(":7233", ":" + port));

            Path said = folder.resolve("up.log");
            Process up = process(blocks.get(1), temporal)
                    .redirectOutput(said.toFile())
                    .start();
            try {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> Files.readString(said).contains("Ctrl-C stops both"));

                String answers = typed(blocks.get(2));

                assertThat(answers).contains("PASS").contains("completed").containsPattern("orders-\\d{8}T\\d{6}Z-");
                assertThat(repository).isNotEmptyDirectory();
            } finally {
                up.children().forEach(ProcessHandle::destroy);
                up.destroy();
                up.waitFor(60, TimeUnit.SECONDS);
                up.descendants().forEach(ProcessHandle::destroyForcibly);
            }
        }
    }

    private String typed(String commands) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "typed", ".log");
        Process process = process("set -e\n" + commands, TestTemporal.find())
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(200, TimeUnit.SECONDS)).as(commands).isTrue();
        String answers = Files.readString(said);
        assertThat(process.exitValue()).as(commands + answers).isZero();
        return answers;
    }

    // One shell a block, as a terminal is; `exec` where there is one command, so that it can be ended by its id.
    private ProcessBuilder process(String commands, Path temporal) {
        String script = commands.strip().lines().count() == 1 ? "exec " + commands : commands;
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("PATH", ROOT + ":" + temporal.getParent() + ":" + System.getenv("PATH"));
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        builder.environment().remove("LIFEBOAT_CONFIG");
        return builder;
    }

    private static List<String> blocks(String heading) throws IOException {
        String page = Files.readString(ROOT.resolve("README.md"));
        String part = page.substring(page.indexOf(heading));
        Matcher matcher = BLOCK.matcher(part);
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private static String login(TestPostgres server) {
        return "%s:%s@127.0.0.1:%d"
                .formatted(
                        TestPostgres.USER,
                        URLEncoder.encode(TestPostgres.PASSWORD, StandardCharsets.UTF_8),
                        server.port());
    }

    /** A free port whose web page, a thousand higher, is free as well. */
    private static int portWithPage() {
        return Stream.generate(TestPort::free)
                .filter(it -> it + 1000 < Short.MAX_VALUE && TestPort.isFree(it + 1000))
                .findFirst()
                .orElseThrow();
    }
}
