package dev.lifeboat.activities.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.activities.pulse.TestPulse;
import dev.lifeboat.repository.Claim;
import dev.lifeboat.repository.Claims;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.seal.AgeKeys;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.model.RunName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TriedChecksTest {

    private static final RunName RUN = new RunName("check-all-20261121T031500Z-k3x9");
    private static TestPostgres server;

    @TempDir
    Path folder;

    private TestTools setup;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.createDatabase("orders");
        server.execute(
                "orders",
                "CREATE TABLE orders AS SELECT 1 AS v",
                "CREATE ROLE reader LOGIN PASSWORD 'pl4nted:s\\ecret'",
                "CREATE SCHEMA closed",
                "CREATE TABLE closed.inner AS SELECT 1 AS v");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void setUp() {
        setup = new TestTools(folder, server);
    }

    @Test
    void a_good_setup_passes_everywhere() {
        assertThat(database()).hasSize(3).allMatch(it -> it.verdict() == Verdict.PASS);
        assertThat(write()).hasSize(4).allMatch(it -> it.verdict() == Verdict.PASS);
        assertThat(read()).hasSize(1).allMatch(it -> it.verdict() == Verdict.PASS);
        assertThat(delete()).hasSize(1).allMatch(it -> it.verdict() == Verdict.PASS);
    }

    @Test
    void trying_the_same_again_passes_too() {
        write();
        assertThat(write()).allMatch(it -> it.verdict() == Verdict.PASS);
    }

    @Test
    void tables_that_cannot_be_read_fail_by_name() {
        server.execute("orders", "GRANT SELECT ON closed.inner TO reader", "GRANT SELECT ON orders TO reader");
        setup.user("reader");
        assertThat(bad(database()).detail()).as("no way into the schema").contains("closed.\"inner\"");

        server.execute("orders", "GRANT USAGE ON SCHEMA closed TO reader", "REVOKE SELECT ON orders FROM reader");
        assertThat(bad(database()).detail()).contains("public.orders");
        assertThat(bad(database()).hint()).contains("GRANT pg_read_all_data TO reader");

        server.execute("orders", "GRANT SELECT ON orders TO reader", "ALTER TABLE orders ENABLE ROW LEVEL SECURITY");
        assertThat(bad(database()).detail()).as("row security").contains("public.orders");

        server.execute("orders", "ALTER TABLE orders DISABLE ROW LEVEL SECURITY");
        assertThat(database()).allMatch(it -> it.verdict() == Verdict.PASS);
    }

    @Test
    void a_server_that_does_not_let_us_in_fails() {
        setup.user("nobody");
        assertThat(bad(database()).detail()).contains("refuses the password");
        assertThat(bad(database()).hint()).contains("psql");
    }

    @Test
    void a_machine_without_a_client_fails() throws Exception {
        setup.clientsBelow(Files.createDirectory(folder.resolve("programs")));
        assertThat(bad(database()).detail()).contains("no pg_dump");
    }

    @Test
    void a_repository_that_others_may_write_to_fails() throws Exception {
        Files.setPosixFilePermissions(setup.repositoryFolder(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(bad(write()).detail()).contains("others than");
    }

    @Test
    void a_repository_that_is_gone_or_a_file_fails() throws Exception {
        Files.delete(setup.repositoryFolder());
        assertThat(bad(write()).detail()).contains("does not exist");
        assertThat(bad(delete()).detail()).contains("does not exist");
        Files.createFile(setup.repositoryFolder());
        assertThat(bad(write()).detail()).contains("is a file");
    }

    @Test
    void a_repository_that_cannot_be_written_fails() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                run(
                                        "mount",
                                        "--bind",
                                        setup.repositoryFolder().toString(),
                                        setup.repositoryFolder().toString())
                                == 0
                        && run(
                                        "mount",
                                        "-o",
                                        "remount,ro,bind",
                                        setup.repositoryFolder().toString())
                                == 0,
                "a folder can be mounted read-only by root only");
        try {
            assertThat(bad(write()).verdict()).isEqualTo(Verdict.FAIL);
        } finally {
            run("umount", setup.repositoryFolder().toString());
        }
    }

    @Test
    void one_recipient_is_a_warning() {
        setup.repository("recipients: [%s]".formatted(AgeKeys.generate().recipient()));
        Finding finding = bad(write());
        assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
        assertThat(finding.hint()).contains("escrow");
    }

    @Test
    void the_repository_in_which_runs_claim_a_database_says_who_holds_it() {
        assertThat(claims().detail()).isEqualTo("'orders' (free)");

        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String run = "backup-orders-20261121T031500Z-aaaa";
        Claim claim = new Claim(run, "backup/orders", "there", now, now.plusSeconds(3600), Optional.empty());
        Claims claims = new Claims(setup.open(), "orders");
        claims.claim(claim, now);
        assertThat(claims().detail()).isEqualTo("'orders' (held by the run '%s' until %s)", run, now.plusSeconds(3600));

        setup.open().store().create(Layout.claim("orders", "2"), "garbage".getBytes(StandardCharsets.UTF_8));
        assertThat(claims().verdict()).isEqualTo(Verdict.WARN);
        assertThat(claims().detail()).contains("2.json");

        setup.open().store().delete(Layout.claim("orders", "2"));
        setup.open().store().create(Layout.report(run, "report.json"), new byte[1]);
        assertThat(claims().detail()).as("that run has ended").isEqualTo("'orders' (free)");
    }

    private Finding claims() {
        return write().stream()
                .filter(it -> it.check().contains("claim"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void no_signing_key_is_a_warning() {
        setup.unsigned();
        Finding finding = bad(write());
        assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
        assertThat(finding.hint()).contains("openssl genpkey");
    }

    @Test
    void a_signing_key_that_is_missing_or_none_fails_and_is_not_shown() throws Exception {
        Files.writeString(setup.signingKeyFile(), "s3cret");
        assertThat(bad(write()).detail()).contains("it is not a signing key").doesNotContain("s3cret");

        Files.delete(setup.signingKeyFile());
        assertThat(bad(write()).detail()).contains("does not exist");
    }

    @Test
    void an_identity_that_is_missing_or_another_one_fails() throws Exception {
        write();
        Files.writeString(setup.identityFile(), AgeKeys.generate().text());
        assertThat(bad(read()).verdict()).isEqualTo(Verdict.FAIL);

        Files.delete(setup.identityFile());
        assertThat(bad(read()).detail()).contains("does not exist");
    }

    @Test
    void an_identity_that_others_can_read_fails() throws Exception {
        write();
        Files.setPosixFilePermissions(setup.identityFile(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(bad(read()).detail()).contains("may be read by others");
    }

    private List<Finding> database() {
        try (TestPulse pulse = new TestPulse()) {
            assertThat(pulse.pulse()).isNotNull();
            return new TriedWriteCheckActivities(setup.tools()).database("orders");
        }
    }

    private List<Finding> write() {
        return new TriedWriteCheckActivities(setup.tools()).repository(RUN, "main");
    }

    private List<Finding> read() {
        return new TriedReadCheckActivities(setup.tools()).canary(RUN, "main");
    }

    private List<Finding> delete() {
        return new TriedDeleteCheckActivities(setup.tools()).canary(RUN, "main");
    }

    private static Finding bad(List<Finding> findings) {
        List<Finding> bad =
                findings.stream().filter(it -> it.verdict() != Verdict.PASS).toList();
        assertThat(bad).hasSize(1);
        return bad.getFirst();
    }

    private static int run(String... line) throws Exception {
        return new ProcessBuilder(line).start().waitFor();
    }
}
