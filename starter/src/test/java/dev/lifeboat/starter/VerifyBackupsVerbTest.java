package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.starter.run.TinyTemporal;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.journal.Answer;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.verify.VerifyBackups;
import dev.lifeboat.workflows.verify.VerifyReport;
import dev.lifeboat.workflows.verify.VerifyRequest;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(90)
class VerifyBackupsVerbTest {

    @TempDir
    Path folder;

    private final TinyTemporal temporal = new TinyTemporal();
    private final WorkerFactory worker = WorkerFactory.newInstance(temporal.client());

    /** Comes to the verdict that its database is called after. */
    public static final class Judged implements VerifyBackups {

        @Override
        public VerifyReport run(VerifyRequest request) {
            return new VerifyReport(
                    new RunName("verify-%s-20261121T023000Z-k3x9".formatted(request.database())),
                    request.database(),
                    Verdict.valueOf(request.database().toUpperCase(Locale.ROOT)),
                    Optional.empty(),
                    7,
                    1,
                    List.of("size daily: it has shrunk"),
                    Optional.empty(),
                    2_048,
                    Duration.ofSeconds(3),
                    Optional.empty());
        }

        @Override
        public String answer(Answer answer) {
            return "";
        }

        @Override
        public void mayAnswer(Answer answer) {}
    }

    @BeforeEach
    void writeSettings() throws IOException {
        Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main:
                    url: "file:store"
                    recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk]
                temporal: { address: "%s" }
                databases:
                  pass: { url: "postgresql://me@127.0.0.1/orders" }
                  fail: { url: "postgresql://me@127.0.0.1/orders" }
                  inconclusive: { url: "postgresql://me@127.0.0.1/orders" }
                """.formatted(temporal.address()));
        worker.newWorker("lifeboat").registerWorkflowImplementationTypes(Judged.class);
        worker.start();
    }

    @AfterEach
    void stop() {
        worker.shutdownNow();
        temporal.close();
    }

    @ParameterizedTest
    @CsvSource({"pass, PASS, 0", "fail, FAIL, 1", "inconclusive, INCONCLUSIVE, 3"})
    void the_verdict_is_the_exit_code_and_stands_in_the_json(String database, String verdict, int exitCode) {
        Called verified = Called.in(folder, "verify-backups", database, "--json");

        assertThat(verified.exitCode()).as(verified.err()).isEqualTo(exitCode);
        assertThat(verified.json().at("/verdict").asText()).isEqualTo(verdict);
        assertThat(verified.json().at("/state").asText()).isEqualTo("COMPLETED");
        assertThat(verified.json().at("/result/failed").asInt()).isEqualTo(1);

        // Who looks later, or while it runs, is told the same.
        assertThat(Called.in(folder, "show", "verify/" + database).exitCode()).isEqualTo(exitCode);
        assertThat(Called.in(folder, "watch", "verify/" + database).exitCode()).isEqualTo(exitCode);
    }

    @Test
    void a_person_reads_the_verdict_first_and_what_was_found() {
        Called verified = Called.in(folder, "verify-backups", "fail");

        assertThat(verified.out())
                .containsPattern("^\\s*verdict +FAIL\n")
                .containsPattern("newest good backup +none\n")
                .containsPattern("found +size daily: it has shrunk\n");
    }

    @Test
    void a_database_that_is_not_in_the_file_is_refused() {
        Called verified = Called.in(folder, "verify-backups", "orders");

        assertThat(verified.exitCode()).isEqualTo(2);
        assertThat(verified.err()).contains("there is no database 'orders'");
    }
}
