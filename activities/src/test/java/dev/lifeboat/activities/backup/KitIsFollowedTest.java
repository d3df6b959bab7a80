package dev.lifeboat.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.activities.pulse.PulseInterceptor;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.kit.Kit;
import dev.lifeboat.workflows.activity.BackupActivities;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.backup.BackupRequest;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows a kit's page to the letter, block after block in one shell, with bare tools alone, and compares every table of
 * the copy with the original.
 */
@Tag("slow")
class KitIsFollowedTest {

    private static final List<String> ODD = List.of(
            "CREATE TABLE orders AS SELECT g AS id, md5(g::text) AS note, now() AS at FROM generate_series(1, 5000) g",
            "CREATE TABLE \"tä `b` $(touch canary) \"\" 'q'\" AS SELECT g FROM generate_series(1, 7) g",
            "CREATE TABLE empty (nothing int)",
            "CREATE ROLE \"owner with 'quotes' and $dollars\" NOLOGIN",
            "ALTER TABLE empty OWNER TO \"owner with 'quotes' and $dollars\"",
            "GRANT SELECT ON orders TO pg_monitor",
            """
            CREATE FUNCTION hostile() RETURNS void LANGUAGE plpgsql AS $body$
            BEGIN
            /* lines that look like statements
            ALTER x OWNER TO "$lifeboat$; CREATE ROLE evil SUPERUSER; --";
            GRANT SELECT ON t TO public;
            */
            END $body$
            """);

    @TempDir
    private Path folder;

    @Test
    void every_command_works_as_it_stands_and_every_table_is_equal() throws Exception {
        Assumptions.assumeTrue(
                hasProgram("age") && hasProgram("zstd"), "age and zstd are needed; tools/debian gets them");
        try (TestPostgres server = TestPostgres.start();
                TestPostgres elsewhere = TestPostgres.start()) {
            server.execute("postgres", "CREATE DATABASE orders ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
            ODD.forEach(sql -> server.execute("orders", sql));
            Path kit = folder.resolve("kit");
            TestTools setup = new TestTools(Files.createDirectory(folder.resolve("made")), server);
            backUp(setup, kit);

            String said = follow(kit, setup.identityFile(), elsewhere);

            assertThat(said).contains("every row is there");
            assertThat(dump(elsewhere, "orders_restored")).isEqualTo(dump(server, "orders"));
            assertThat(elsewhere.query("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = 'evil'"))
                    .isEqualTo("0");
            assertThat(kit.resolve("canary")).doesNotExist();
        }
    }

    private static void backUp(TestTools setup, Path kit) {
        setup.open();
        BackupOrder order = TestTools.order("kkkk");
        TestActivityEnvironment temporal = TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new PulseInterceptor())
                        .build())
                .build());
        try {
            temporal.registerActivitiesImplementations(new RepositoryBackupActivities(setup.tools()));
            BackupActivities activities = temporal.newActivityStub(BackupActivities.class);
            String attempt = activities.take(order).attempt();
            activities.commit(order, attempt, BackupRequest.of("orders"));
        } finally {
            temporal.close();
        }
        Kit.write(setup.open(), new BackupId(order.backup()), kit);
    }

    private static String follow(Path kit, Path key, TestPostgres server) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        boolean inside = false;
        for (String line : Files.readAllLines(kit.resolve("RESTORE.md"))) {
            if (line.startsWith("```")) {
                inside = line.equals("```sh");
            } else if (inside) {
                script.append(line).append('\n');
            }
        }
        Path said = Files.createTempFile("followed", ".log");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script.toString())
                .directory(kit.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("KEY", key.toString());
        builder.environment().put("PGHOST", "127.0.0.1");
        builder.environment().put("PGPORT", Integer.toString(server.port()));
        builder.environment().put("PGUSER", TestPostgres.USER);
        builder.environment().put("PGPASSWORD", TestPostgres.PASSWORD);
        builder.environment().put("PATH", server.binaries() + ":" + System.getenv("PATH"));
        Process process = builder.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        String words = Files.readString(said);
        Files.delete(said);
        assertThat(ended && process.exitValue() == 0).as(words).isTrue();
        return words;
    }

    /** The whole database as text: what is in it, who owns it, and who may do what. */
    private static List<String> dump(TestPostgres server, String database) {
        return server.client("pg_dump", "--encoding=UTF8", "--dbname=" + database)
                .lines()
                .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
                .toList();
    }

    private static boolean hasProgram(String name) {
        return Files.isExecutable(Path.of("/usr/bin", name)) || Files.isExecutable(Path.of("/usr/local/bin", name));
    }
}
