package dev.lifeboat.workers.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a silence can last before somebody is told: the numbers of the shipped files, added up at their worst. */
class AlarmDelaysTest {

    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final Duration PROMISED = Duration.ofMinutes(15);

    /** What Prometheus takes where its files say nothing else. */
    private static final Duration SCRAPE_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration RESEND_DELAY = Duration.ofMinutes(1);

    /** After so many delays without word from Prometheus, Alertmanager takes an alarm for ended. */
    private static final int DELAYS_UNTIL_ENDED = 4;

    /** The watcher outside waits so long for the next call, as our pages tell whoever sets it up. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String PATIENCE_IN_WORDS = "five minutes without a call";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LifeboatWorkerDown",
                "LifeboatWorkersAbsent",
                "LifeboatFiguresAbsent",
                "LifeboatFiguresGone",
                "LifeboatTemporalUnreachable"
            })
    void a_worker_or_figures_that_fall_silent_are_told_in_time(String alarm) throws IOException {
        // Waited for at worst: the next scrape and its timeout, the next look at the rules, the rule itself, one more
        // look because none comes exactly then, and the group of the message, which may have told something just
        // before.
        Duration worst = prometheus("scrape_interval")
                .plus(SCRAPE_TIMEOUT)
                .plus(prometheus("evaluation_interval"))
                .plus(duration(rule(alarm).path("for")))
                .plus(prometheus("evaluation_interval"))
                .plus(longer(setting("group_wait", route("urgent")), setting("group_interval", route("urgent"))));

        assertThat(rule(alarm).path("labels").path("severity").asText()).isEqualTo("critical");
        assertThat(worst).isLessThanOrEqualTo(PROMISED);
        assertThat(minutesOnThePage("`" + alarm + "`")).isEqualTo(roundedUp(worst));
    }

    @Test
    void a_prometheus_that_stops_is_noticed_outside_in_time() throws IOException {
        // Alertmanager goes on calling for a while after Prometheus is gone. How long is Prometheus' own word, sent
        // with the alarm; resolve_timeout is for senders that say nothing.
        Duration calledOn =
                longer(RESEND_DELAY, prometheus("evaluation_interval")).multipliedBy(DELAYS_UNTIL_ENDED);

        assertThat(calledOn.plus(PATIENCE)).isLessThanOrEqualTo(PROMISED);
        assertThat(minutesOnThePage("| Prometheus |")).isEqualTo(roundedUp(calledOn.plus(PATIENCE)));
        assertThat(minutesOnThePage("| Alertmanager,")).isEqualTo(roundedUp(PATIENCE));
        assertThat(yaml("docker-compose.yml").toString()).doesNotContain("resend-delay");
        assertThat(Files.readString(ROOT.resolve("docs/production.md"))).contains(PATIENCE_IN_WORDS);
        assertThat(Files.readString(ROOT.resolve("ops/prometheus/alertmanager.yml")))
                .contains(PATIENCE_IN_WORDS);
    }

    @Test
    void an_address_that_takes_nothing_is_noticed_outside_in_time() throws IOException {
        // Alertmanager tries a message until the next one of its group is due; two are given up before it is told.
        Duration noticed = longestInterval()
                .multipliedBy(2)
                .plus(prometheus("scrape_interval"))
                .plus(SCRAPE_TIMEOUT)
                .plus(prometheus("evaluation_interval"));

        assertThat(rule("AlarmsUndelivered").has("for")).isFalse();
        assertThat(rule("AlarmsUndelivered").path("expr").asText()).endsWith("[5m])) >= 2");
        assertThat(noticed.plus(PATIENCE)).isLessThanOrEqualTo(PROMISED);
        assertThat(minutesOnThePage("`soon-url`, from the first")).isEqualTo(roundedUp(noticed.plus(PATIENCE)));
        assertThat(minutesOnThePage("| `outside-url` | itself")).isEqualTo(roundedUp(PATIENCE));
    }

    /** Of the groups of those that people read. */
    private static Duration longestInterval() throws IOException {
        Duration longest = setting("group_interval", root());
        for (JsonNode route : root().path("routes")) {
            if (!route.path("receiver").asText().equals("outside")) {
                longest = longer(longest, setting("group_interval", route));
            }
        }
        return longest;
    }

    @Test
    void the_watcher_outside_is_called_often_enough_to_miss_three_calls() throws IOException {
        JsonNode outside = route("outside");
        Duration beat = setting("group_interval", outside);

        // A call is due at each beat; it is left out unless more than repeat_interval has passed since the one before.
        assertThat(setting("repeat_interval", outside)).isLessThan(beat);
        assertThat(beat.multipliedBy(4)).isLessThan(PATIENCE);
        assertThat(setting("group_wait", outside)).isZero();
        assertThat(rule("Watchdog").has("for")).isFalse();
        assertThat(rule("Watchdog").path("expr").asText()).isEqualTo("vector(1)");
    }

    @Test
    void the_end_of_watchdog_is_no_call() throws IOException {
        JsonNode outside = receiver("outside").path("webhook_configs");

        assertThat(outside).hasSize(1);
        assertThat(outside.path(0).path("send_resolved").asBoolean(true)).isFalse();
        for (String other : new String[] {"urgent", "soon"}) {
            assertThat(receiver(other).path("webhook_configs").path(0).has("send_resolved"))
                    .as("the end of an alarm is told to " + other)
                    .isFalse();
        }
    }

    /** What people are promised in the line of the table that has these words. */
    private static long minutesOnThePage(String words) throws IOException {
        String line = Files.readAllLines(ROOT.resolve("docs/production.md")).stream()
                .filter(it -> it.startsWith("|") && it.contains(words))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceFirst(".*\\| ([0-9]+) minutes \\|", "$1"));
    }

    private static long roundedUp(Duration time) {
        return time.plusMinutes(1).minusNanos(1).toMinutes();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration prometheus(String interval) throws IOException {
        return duration(yaml("ops/prometheus/prometheus.yml").path("global").path(interval));
    }

    /** The first route to a receiver; the root, from which all others inherit, for {@code urgent}. */
    private static JsonNode route(String receiver) throws IOException {
        JsonNode root = root();
        return root.path("receiver").asText().equals(receiver)
                ? root
                : named(root.path("routes"), "receiver", receiver).orElseThrow();
    }

    private static Duration setting(String name, JsonNode route) throws IOException {
        return duration((route.has(name) ? route : root()).path(name));
    }

    private static JsonNode root() throws IOException {
        return yaml("ops/prometheus/alertmanager.yml").path("route");
    }

    private static JsonNode receiver(String name) throws IOException {
        return named(yaml("ops/prometheus/alertmanager.yml").path("receivers"), "name", name)
                .orElseThrow();
    }

    private static JsonNode rule(String alarm) throws IOException {
        for (JsonNode group : yaml("ops/prometheus/lifeboat.rules.yml").path("groups")) {
            Optional<JsonNode> rule = named(group.path("rules"), "alert", alarm);
            if (rule.isPresent()) {
                return rule.get();
            }
        }
        throw new AssertionError("no rule for " + alarm);
    }

    private static Optional<JsonNode> named(JsonNode list, String key, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(it -> it.path(key).asText().equals(name))
                .findFirst();
    }

    private static Duration duration(JsonNode text) {
        return Duration.parse("PT" + text.asText());
    }

    private static JsonNode yaml(String file) throws IOException {
        return new YAMLMapper().readTree(ROOT.resolve(file).toFile());
    }
}
