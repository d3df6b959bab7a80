package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.starter.local.LocalTemporal;
import dev.lifeboat.starter.local.Tools;
import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.run.TinyTemporal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What repositories tell of runs that no Temporal tells of. */
@Timeout(120)
class RunsFromReportsTest {

    private static final String GOOD = "backup-orders-20261121T020000Z-aaaa";
    private static final String BAD = "backup-orders-20261120T020000Z-bbbb";
    private static final String TERMINATED = "backup-orders-20261119T020000Z-cccc";
    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    Path folder;

    @BeforeEach
    void setUp() throws IOException {
        configure(NOBODY);
        write("repository.json", "{\"format\": 1, \"id\": \"c3b5f6a2-0000-4000-8000-000000000000\"}");
        report(GOOD, "\"outcome\": \"COMMITTED\", \"problem\": null");
        report(BAD, "\"outcome\": \"FAILED\", \"problem\": \"the disk is full\"");
        write(reports(TERMINATED) + "/policy.json", "{}");
    }

    @Test
    void without_temporal_the_reports_tell() {
        Called called = Called.in(folder, "runs");

        assertThat(called.exitCode()).as(called.err()).isZero();
        assertThat(called.out().lines().toList().subList(1, 4))
                .satisfiesExactly(
                        line -> assertThat(line).matches(GOOD + " +completed +2026-11-21 02:00:00Z +10 min 0 s"),
                        line -> assertThat(line).matches(BAD + " +failed +2026-11-20 02:00:00Z +10 min 0 s"),
                        line -> assertThat(line)
                                .matches(TERMINATED + " +ended without a report +2026-11-19 02:00:00Z +-"));
        assertThat(called.err()).contains("not everything: Temporal does not answer at '%s'".formatted(NOBODY));
    }

    @Test
    void a_program_learns_where_a_run_is_known_from() {
        JsonNode runs =
                Called.in(folder, "runs", "--json", "--limit", "2").json().at("/runs");

        assertThat(runs).hasSize(2);
        assertThat(runs.at("/0/source").asText()).isEqualTo("report");
        assertThat(runs.at("/0/state").asText()).isEqualTo("COMPLETED");
        assertThat(runs.at("/0/right").asText()).isEqualTo("backup/orders");
        assertThat(runs.at("/0/repository").asText()).isEqualTo("main");
        assertThat(runs.at("/1/state").asText()).isEqualTo("FAILED");
    }

    @Test
    void a_run_whose_claim_has_not_expired_may_still_be_at_work_somewhere() throws IOException {
        claim(1, TERMINATED, Instant.now().plusSeconds(3600));
        assertThat(Called.in(folder, "runs").out()).containsPattern(TERMINATED + " +no report yet");

        claim(1, TERMINATED, Instant.now().minusSeconds(1));
        assertThat(Called.in(folder, "runs").out()).containsPattern(TERMINATED + " +ended without a report");
    }

    @Test
    void show_needs_no_temporal_and_takes_a_right_for_its_newest_run() {
        Called called = Called.in(folder, "show", "backup/orders", "--repository", "main");

        assertThat(called.exitCode()).as(called.err()).isZero();
        assertThat(called.out()).contains(GOOD + ": COMMITTED", "DONE     Load the policy");
        assertThat(called.err()).contains("not from Temporal");
    }

    @Test
    void show_of_a_failed_one_ends_with_1_and_of_a_silent_one_too() {
        Called failed = Called.in(folder, "show", BAD);
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).contains("the disk is full");

        Called silent = Called.in(folder, "show", TERMINATED);
        assertThat(silent.exitCode()).isEqualTo(1);
        assertThat(silent.out()).contains("ended without a report");

        Called unknown = Called.in(folder, "show", "backup-orders-20261118T020000Z-dddd");
        assertThat(unknown.exitCode()).isEqualTo(5);
    }

    @Test
    void reports_that_make_no_sense_are_named_and_hide_nothing() throws IOException {
        write(reports(GOOD) + "/report.json", "garbage");
        report("backup-orders-20269999T999999Z-eeee", "\"outcome\": \"x\"");
        write("reports/2026/11/no-run/report.json", "{}");
        write("reports/2025/01/" + BAD + "/report.json", "{}");

        Called called = Called.in(folder, "runs");

        assertThat(called.exitCode()).isZero();
        assertThat(called.out()).containsPattern(GOOD + " +unreadable report").containsPattern(BAD + " +failed");
        assertThat(called.out().lines()).hasSize(4);
        assertThat(called.err()).doesNotContain("\tat ");
    }

    @Test
    void strange_objects_hide_no_run() throws IOException {
        write("reports/the year 2026/x/y/report.json", "{}");
        write("reports/2026/no month/y/report.json", "{}");
        write("reports/99999/99/y/report.json", "{}");
        write("databases/orders/claims/1.json", "{\"format\": 2}");
        write(reports(GOOD) + "/report.json", "x".repeat(Store.READ_LIMIT + 1));
        write(reports(BAD) + "/report.json", """
                {"started": "-999999999-01-01T00:00:00Z", "ended": "+999999999-01-01T00:00:00Z"}""");

        Called called = Called.in(folder, "runs");

        assertThat(called.exitCode()).as(called.err()).isZero();
        assertThat(called.out())
                .containsPattern(GOOD + " +unreadable report")
                .containsPattern(BAD + " +unreadable report")
                .containsPattern(TERMINATED + " +ended without a report");
        assertThat(called.err()).doesNotContain("cannot be read", "\tat ");
    }

    @Test
    void what_temporal_remembers_and_what_it_forgot_stand_in_one_list() throws Exception {
        try (LocalTemporal server =
                        LocalTemporal.start(Tools.temporal(), folder.resolve("t"), LocalTemporal.Ports.free());
                TinyTemporal temporal = TinyTemporal.at(server.address()).withWorker()) {
            configure(server.address());
            RunAddress address = temporal.start("well");
            String label = new Runs(temporal.client()).head(address).label();
            report(label, "\"outcome\": \"COMMITTED\"");

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                JsonNode runs = Called.in(folder, "runs", "--json").json().at("/runs");
                List<String> told = new ArrayList<>();
                runs.forEach(it ->
                        told.add(it.at("/run").asText() + " " + it.at("/source").asText()));
                assertThat(told)
                        .containsExactlyInAnyOrder(
                                label + " temporal", GOOD + " report", BAD + " report", TERMINATED + " trace");
            });
            assertThat(Called.in(folder, "show", BAD).out()).contains("the disk is full");
        }
    }

    private void configure(String temporal) throws IOException {
        Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main: { url: "file:main", recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }
                temporal: { address: "%s" }
                databases:
                  orders: { url: "postgresql://x@127.0.0.1:1/orders" }
                """.formatted(temporal));
    }

    private static String reports(String run) {
        return "reports/%s/%s/%s".formatted(run.substring(14, 18), run.substring(18, 20), run);
    }

    private void report(String run, String more) throws IOException {
        String day = "%s-%s-%s".formatted(run.substring(14, 18), run.substring(18, 20), run.substring(20, 22));
        write(reports(run) + "/report.json", """
                {"run": "%s", "runbook": "BackUpDatabase", "started": "%sT02:00:00Z", "ended": "%sT02:10:00Z",
                 "steps": [{"title": "Load the policy", "status": "DONE"}], %s}
                """.formatted(run, day, day, more));
    }

    private void claim(int number, String run, Instant expires) throws IOException {
        write("databases/orders/claims/%d.json".formatted(number), """
                {"format": 1, "run": "%s", "right": "backup/orders", "origin": "lost/default",
                 "started": "2026-11-19T02:00:00Z", "expires": "%s"}
                """.formatted(run, expires));
    }

    private void write(String key, String content) throws IOException {
        Path file = folder.resolve("main").resolve(key);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
