package dev.lifeboat.activities.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.SealedObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GlobalsTest {

    private static TestPostgres server;

    @TempDir
    Path folder;

    private TestTools setup;
    private Taking taking;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.createDatabase("orders");
        server.execute(
                "orders",
                "CREATE TABLE orders AS SELECT generate_series(1, 10) AS id",
                "CREATE ROLE reader LOGIN PASSWORD 'pl4nted:s\\ecret'",
                "GRANT SELECT ON orders TO reader",
                "CREATE ROLE \"odd 🛟 role\" LOGIN PASSWORD 'other'",
                "GRANT pg_monitor TO \"odd 🛟 role\"");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void setUp() {
        setup = new TestTools(folder, server);
        taking = new Taking(server, setup);
    }

    @Test
    void roles_are_kept_beside_the_dump_and_can_be_made_again_by_bare_tools() throws Exception {
        Attempt attempt = taking.attempt();

        assertThat(attempt.objects())
                .extracting(SealedObject::name)
                .containsExactly(
                        taking.order().backup() + ".dump.zst.age",
                        taking.order().backup() + ".globals.sql.zst.age");
        Path globals = opened(attempt);
        assertThat(globals).content().contains("odd 🛟 role", "SCRAM-SHA-256$", "GRANT pg_monitor");
        assertThat(attempt.warnings()).isEmpty();
        try (TestPostgres empty = TestPostgres.start()) {
            empty.client("psql", "-X", "-d", "postgres", "-f", globals.toString());
            assertThat(empty.query("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = 'odd 🛟 role'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void a_role_that_may_not_read_passwords_keeps_the_roles_without_and_says_so() throws Exception {
        setup.user("reader");

        Attempt attempt = taking.attempt();

        assertThat(opened(attempt)).content().contains("odd 🛟 role").doesNotContain("SCRAM-SHA-256");
        assertThat(attempt.warnings())
                .containsExactly("roles are in this backup without their passwords, which this role may not read");
    }

    @Test
    void they_can_be_switched_off() throws Exception {
        setup.database("backup: { globals: off }");

        assertThat(taking.attempt().objects()).hasSize(1);
    }

    @Test
    void a_backup_without_them_is_one_and_says_why() throws Exception {
        taking.pgDumpIs(folder, "exec $REAL/pg_dump \"$@\"");
        assertThat(taking.attempt().warnings())
                .singleElement()
                .asString()
                .startsWith("roles and tablespaces are not in this backup: there is no '");

        Path broken = Files.writeString(folder.resolve("programs/pg_dumpall"), "#!/bin/sh\necho no way >&2; exit 7\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        Taking again = new Taking(server, setup);
        Attempt attempt = again.attempt();
        assertThat(attempt.warnings()).singleElement().asString().contains("pg_dumpall ended with exit code 7: no way");
        assertThat(attempt.objects()).hasSize(1);
        try (var all = Files.walk(setup.repositoryFolder())) {
            assertThat(all.filter(it -> it.toString().contains(".globals."))).isEmpty();
        }
    }

    private Path opened(Attempt attempt) {
        Path globals = folder.resolve("globals.sql");
        taking.open(attempt.objects().getLast().key(), globals);
        return globals;
    }
}
