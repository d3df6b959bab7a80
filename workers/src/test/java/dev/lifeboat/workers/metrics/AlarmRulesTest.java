package dev.lifeboat.workers.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lifeboat.workers.FetchedTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The alarms that we ship: about figures that exist, and each seen firing and silent by Prometheus' own tool. */
class AlarmRulesTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("lifeboat.root")).resolve("ops/prometheus");
    private static final Path RULES = FOLDER.resolve("lifeboat.rules.yml");
    private static final Path TESTS = FOLDER.resolve("lifeboat.rules.test.yml");
    private static final Path ALERTMANAGER = FOLDER.resolve("alertmanager.yml");
    private static final Pattern METRIC = Pattern.compile("lifeboat_[a-z0-9_]+");

    @TempDir
    private Path folder;

    @Test
    void every_figure_in_a_rule_and_in_its_test_exists() throws IOException {
        Set<String> known = Arrays.stream(Family.values()).map(Family::metric).collect(Collectors.toSet());
        known.add("lifeboat_worker_info");
        for (JsonNode rule : rules()) {
            assertThat(named(rule.path("expr").asText()))
                    .as(rule.path("alert").asText())
                    .isSubsetOf(known);
        }
        for (JsonNode test : new YAMLMapper().readTree(TESTS.toFile()).path("tests")) {
            for (JsonNode series : test.path("input_series")) {
                assertThat(named(series.path("series").asText()))
                        .as(series.toString())
                        .isSubsetOf(known);
            }
        }
    }

    @Test
    void every_rule_has_a_case_in_which_it_fires_and_one_in_which_it_is_silent() throws IOException {
        Set<String> firing = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (JsonNode test : new YAMLMapper().readTree(TESTS.toFile()).path("tests")) {
            for (JsonNode one : test.path("alert_rule_test")) {
                (one.path("exp_alerts").isEmpty() ? silent : firing)
                        .add(one.path("alertname").asText());
            }
        }
        Set<String> alarms =
                rules().stream().map(it -> it.path("alert").asText()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(firing).isEqualTo(alarms);
        alarms.remove("Watchdog"); // never silent: that is what it is for
        assertThat(silent).containsAll(alarms);
    }

    @Test
    void the_documents_names_are_kept() throws IOException {
        assertThat(rules().stream().map(it -> it.path("alert").asText()))
                .contains(
                        "BackupMissing",
                        "BackupFailed",
                        "BackupVerificationFailed",
                        "BackupSizeAnomaly",
                        "backup_too_old",
                        "backup_storage_low");
    }

    @Test
    @Tag("slow")
    @Timeout(450)
    void prometheus_accepts_the_rules_and_its_tests_pass() throws Exception {
        Said check =
                promtool("check", "config", FOLDER.resolve("prometheus.yml").toString());
        assertThat(check.code()).as(check.text()).isZero();
        assertThat(check.text()).contains("1 rule files found", rules().size() + " rules found");

        Said test = promtool("test", "rules", TESTS.toString());
        assertThat(test.code()).as(test.text()).isZero();
        assertThat(test.text()).contains("SUCCESS");
    }

    @Test
    @Tag("slow")
    @Timeout(300)
    void alertmanager_accepts_its_file_and_knows_whom_to_tell_of_each_rule() throws Exception {
        Said check = amtool("check-config", ALERTMANAGER.toString());
        assertThat(check.code()).as(check.text()).isZero();

        Map<String, String> told = Map.of("critical", "urgent", "high", "urgent", "medium", "soon", "warning", "soon");
        for (JsonNode rule : rules()) {
            String alarm = rule.path("alert").asText();
            String severity = rule.path("labels").path("severity").asText();
            String wanted = switch (alarm) {
                case "Watchdog" -> "outside";
                case "AlarmsUndelivered" -> "soon,urgent";
                default -> told.getOrDefault(severity, "a severity without a way");
            };
            assertThat(whomToTell(alarm, severity)).as(alarm).isEqualTo(wanted);
        }
        assertThat(whomToTell("Unheard", "unheard-of")).isEqualTo("urgent");
    }

    private String whomToTell(String alarm, String severity) throws IOException, InterruptedException {
        Said route = amtool(
                "config",
                "routes",
                "test",
                "--config.file=" + ALERTMANAGER,
                "alertname=" + alarm,
                "severity=" + severity);
        assertThat(route.code()).as(route.text()).isZero();
        return route.text().strip();
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        for (JsonNode group : new YAMLMapper().readTree(RULES.toFile()).path("groups")) {
            group.path("rules").forEach(rules::add);
        }
        return rules;
    }

    private static Set<String> named(String expression) {
        return METRIC.matcher(expression).results().map(it -> it.group()).collect(Collectors.toSet());
    }

    private record Said(int code, String text) {}

    private Said promtool(String... arguments) throws IOException, InterruptedException {
        return run(FetchedTool.find("promtool", "tools/prometheus"), arguments);
    }

    private Said amtool(String... arguments) throws IOException, InterruptedException {
        return run(FetchedTool.find("amtool", "tools/alertmanager"), arguments);
    }

    private Said run(Path program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("said.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(400, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        return new Said(process.exitValue(), Files.readString(log));
    }
}
