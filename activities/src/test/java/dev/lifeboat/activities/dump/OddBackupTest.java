package dev.lifeboat.activities.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.postgres.OddDatabase;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.archive.Inspection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class OddBackupTest {

    private static TestPostgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        server = TestPostgres.start(List.of("max_locks_per_transaction = 256"));
        OddDatabase.create(server, "orders");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_odd_database_comes_back_by_bare_tools_without_a_difference() throws Exception {
        TestTools setup = new TestTools(folder, server);
        Taking taking = new Taking(server, setup);
        String before = plain(server, "orders");

        Attempt attempt = taking.attempt();

        Path dump = folder.resolve("orders.dump");
        taking.open(attempt.objects().getFirst().key(), dump);
        try (TestPostgres empty = TestPostgres.start(List.of("max_locks_per_transaction = 256"))) {
            empty.client("pg_restore", "--exit-on-error", "--create", "--dbname=postgres", dump.toString());

            assertThat(plain(empty, "orders").equals(before)).as("a plain dump").isTrue();
            Inspection copy = new Dumps(empty).inspect("orders");
            assertThat(ofAttempt(attempt)).isEqualTo(ofCopy(copy));
            assertThat(attempt.schemaFingerprint()).hasValue(copy.schemaFingerprint());
            assertThat(attempt.largeObjects().orElseThrow().fingerprint())
                    .hasValue(copy.largeObjects().orElseThrow().fingerprint().text());
            assertThat(attempt.sequences()).hasSameSizeAs(copy.sequences());
        }
        assertThat(attempt.tables())
                .filteredOn(it -> it.note().equals(TableCount.COUNTED))
                .hasSizeGreaterThan(330);
        assertThat(attempt.source().monetary()).isPresent();
        assertThat(attempt.warnings()).isEmpty();
    }

    private static Map<String, String> ofAttempt(Attempt attempt) {
        return attempt.tables().stream()
                .filter(it -> it.fingerprint().isPresent())
                .collect(Collectors.toMap(
                        it -> it.schema() + "." + it.name(),
                        it -> it.rows().getAsLong() + " " + it.fingerprint().orElseThrow()));
    }

    private static Map<String, String> ofCopy(Inspection copy) {
        return copy.tables().stream()
                .collect(Collectors.toMap(
                        it -> it.schema() + "." + it.name(),
                        it -> it.rows() + " " + it.fingerprint().text()));
    }

    private static String plain(TestPostgres server, String database) {
        // Newer versions put a new word into every script.
        return server.client("pg_dump", database).replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }
}
