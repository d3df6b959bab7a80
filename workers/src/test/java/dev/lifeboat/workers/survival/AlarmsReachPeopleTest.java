package dev.lifeboat.workers.survival;

import static dev.lifeboat.workers.survival.QuickAlarms.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.repository.store.TestPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Silence is told: by a real worker, Prometheus and Alertmanager, with the files that we ship, to receivers on loopback.
 * Their times are {@linkplain QuickAlarms twenty times as short}, a worker's own are not.
 */
@Tag("slow")
@Timeout(600)
class AlarmsReachPeopleTest {

    /** What is promised, and what a busy machine takes for a worker that starts; AlarmDelaysTest adds up without it. */
    private static final Duration PROMISED = quick(Duration.ofMinutes(15)).plusSeconds(10);

    /** The same for an address that takes nothing, as our page says it. */
    private static final Duration AN_ADDRESS_IS_DEAD =
            quick(Duration.ofMinutes(9)).plusSeconds(10);

    private static final Duration PATIENCE = quick(Duration.ofMinutes(5));
    /** Longer than the rules about silence wait, so that a false alarm of theirs would be told. */
    private static final Duration LONGEST_RULE = quick(Duration.ofMinutes(12));

    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** In every address that is called, as services have it there: nobody may be told it, and no log may show it. */
    private final String token = "t0ken" + UUID.randomUUID().toString().replace("-", "");

    private final int port = TestPort.free();
    private final Path folder = TestFolders.make();
    private final Receiver urgent = new Receiver();
    private final Receiver soon = new Receiver();
    private final OutsideWatcher outside = new OutsideWatcher(PATIENCE);

    /** So many messages are about what was before. */
    private int heard;

    @Test
    void a_dead_worker_figures_that_are_gone_and_a_dead_prometheus_are_each_told() throws Exception {
        try (Shop shop = Shop.open(1);
                outside;
                urgent;
                soon) {
            shop.worker();
            shop.awaitEnd(shop.backUp(), LIMIT);
            shop.stopWorkers();
            TestWorker worker = start(shop);
            awaitFigures();
            try (TestAlarms alarms = alarms()) {
                nothingIsToldAsLongAsAllIsWell();
                TestWorker next = aDeadWorkerIsTold(worker, shop);
                peaceIsRestored(alarms);
                figuresThatAreGoneAreTold(next, shop);
                aDeadPrometheusIsHeardOutside(alarms);
                theTrialsOfThePageArrive(alarms);
                noSecretIsToldOrLogged(shop, alarms);
            }
        } finally {
            TestFolders.remove(folder);
        }
    }

    @Test
    void an_address_that_takes_nothing_is_told_at_the_other_one_and_outside_until_it_is_repaired() {
        urgent.refuseAll();
        try (outside;
                urgent;
                soon;
                TestAlarms alarms = alarms()) {
            await("calls").atMost(LIMIT).until(() -> outside.receiver.told.size() >= 3);
            // The first that nobody hears: no worker answers.
            JsonNode told = awaitAlarm(soon, "AlarmsUndelivered", "firing");
            await("the alarm of the watcher outside").atMost(LIMIT).until(outside::alarmed);

            assertThat(Duration.between(urgent.firstRefusal().orElseThrow(), Instant.now()))
                    .isLessThan(AN_ADDRESS_IS_DEAD);
            assertThat(told.path("annotations").path("summary").asText())
                    .isEqualTo("Alertmanager's messages to urgent by webhook do not arrive");
            assertThat(urgent.told).isEmpty();

            urgent.refuse(0);
            int called = outside.receiver.told.size();
            awaitAlarm("LifeboatWorkerDown", "firing");
            awaitAlarm(soon, "AlarmsUndelivered", "resolved");
            await("calls again").atMost(LIMIT).until(() -> outside.receiver.told.size() > called);
            assertThat(String.join("\n", alarms.log()))
                    .contains("unexpected status code 410")
                    .doesNotContain(token);
        } finally {
            TestFolders.remove(folder);
        }
    }

    private void nothingIsToldAsLongAsAllIsWell() {
        Instant begun = Instant.now();
        await("calls").atMost(LIMIT).until(() -> outside.receiver.told.size() >= 3);
        await("a false alarm")
                .during(LONGEST_RULE)
                .atMost(LONGEST_RULE.multipliedBy(2))
                .until(() -> urgent.told.isEmpty() && soon.told.isEmpty());

        Duration watched = Duration.between(begun, Instant.now());
        assertThat(outside.receiver.told).hasSizeGreaterThan((int) watched.dividedBy(PATIENCE) * 3);
    }

    private TestWorker aDeadWorkerIsTold(TestWorker worker, Shop shop) {
        Instant death = Instant.now();
        worker.kill();
        JsonNode told = awaitAlarm("LifeboatWorkerDown", "firing");

        assertThat(Duration.between(death, Instant.now())).isLessThan(PROMISED);
        assertThat(told.path("annotations").path("summary").asText())
                .isEqualTo("the worker at 127.0.0.1:%d does not answer", port);
        assertThat(told.path("annotations").path("next").asText()).contains("systemctl status lifeboat-worker");

        TestWorker next = start(shop);
        awaitAlarm("LifeboatWorkerDown", "resolved");
        return next;
    }

    /** What was told about the worker's absence is over, and its end was told: what comes is told anew. */
    private void peaceIsRestored(TestAlarms alarms) {
        await("peace").atMost(LIMIT).until(() -> alarms.ringing().equals(Set.of("Watchdog")));
        for (JsonNode message : List.copyOf(urgent.told)) {
            awaitAlarm(message.at("/groupLabels/alertname").asText(), "resolved");
        }
    }

    /** Another worker takes the place of the one before and answers, but can say nothing of any backup. */
    private void figuresThatAreGoneAreTold(TestWorker worker, Shop shop) throws Exception {
        heard = urgent.told.size();
        Instant loss = Instant.now();
        worker.kill();
        for (Path repository : List.of(shop.repository(), shop.far())) {
            Files.move(repository.resolve("repository.json"), repository.resolve("away.json"));
        }
        start(shop);
        JsonNode all = awaitAlarm("LifeboatFiguresAbsent", "firing");
        JsonNode one = awaitAlarm("LifeboatFiguresGone", "firing");

        assertThat(Duration.between(loss, Instant.now())).isLessThan(PROMISED);
        assertThat(all.path("annotations").path("summary").asText()).isEqualTo("nobody says anything about any backup");
        assertThat(one.path("annotations").path("summary").asText())
                .isEqualTo("orders: nobody says anything about its backups any more");
        assertThat(one.path("annotations").path("next").asText()).contains("lifeboat backups orders");
        assertThat(metrics()).contains("lifeboat_worker_started_timestamp_seconds");
    }

    private void aDeadPrometheusIsHeardOutside(TestAlarms alarms) {
        assertThat(outside.alarmed()).isFalse();
        Instant death = Instant.now();
        alarms.killPrometheus();
        await("the alarm of the watcher outside").atMost(LIMIT).until(outside::alarmed);

        assertThat(Duration.between(death, Instant.now())).isLessThan(PROMISED);
        for (JsonNode call : outside.receiver.told) {
            assertThat(call.path("status").asText()).isEqualTo("firing");
            assertThat(call.path("groupLabels").path("alertname").asText()).isEqualTo("Watchdog");
        }
    }

    /** Also where it is refused at first, which Alertmanager writes into its log. */
    private void theTrialsOfThePageArrive(TestAlarms alarms) throws Exception {
        urgent.refuse(1);
        soon.refuse(1);
        alarms.tryAsThePageSays();

        for (Receiver receiver : List.of(urgent, soon)) {
            await("the trial")
                    .atMost(LIMIT)
                    .until(() -> receiver.told.stream()
                            .anyMatch(it ->
                                    it.at("/groupLabels/alertname").asText().equals("Trial")
                                            && it.at("/commonAnnotations/summary")
                                                    .asText()
                                                    .equals("trial")));
        }
        assertThat(String.join("\n", alarms.log())).contains("unexpected status code 503");
    }

    private void noSecretIsToldOrLogged(Shop shop, TestAlarms alarms) {
        List<String> texts = new ArrayList<>(alarms.log());
        assertThat(texts).isNotEmpty();
        for (Receiver receiver : List.of(outside.receiver, urgent, soon)) {
            receiver.told.forEach(it -> texts.add(it.toString()));
        }
        String all = String.join("\n", texts);
        assertThat(all).doesNotContain(token).contains("LifeboatFiguresGone");
        shop.secrets().forEach(it -> assertThat(all).doesNotContain(it));
    }

    private TestWorker start(Shop shop) {
        return shop.worker("--http=127.0.0.1:" + port);
    }

    private TestAlarms alarms() {
        TestFolders.writePrivate(folder.resolve("outside-url"), outside.receiver.address() + "/" + token + "\n");
        TestFolders.writePrivate(folder.resolve("urgent-url"), urgent.address() + "/" + token + "\n");
        TestFolders.writePrivate(folder.resolve("soon-url"), soon.address() + "/" + token + "\n");
        return TestAlarms.start(folder, port);
    }

    /** The newest word to those who are woken about an alarm. */
    private JsonNode awaitAlarm(String alarm, String status) {
        return awaitAlarm(urgent, alarm, status);
    }

    private JsonNode awaitAlarm(Receiver receiver, String alarm, String status) {
        return await(alarm + " " + status)
                .atMost(LIMIT)
                .until(() -> told(receiver, alarm, status), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<JsonNode> told(Receiver receiver, String alarm, String status) {
        List<JsonNode> found = new ArrayList<>();
        List<JsonNode> all = List.copyOf(receiver.told);
        for (JsonNode message : all.subList(heard, all.size())) {
            for (JsonNode one : message.path("alerts")) {
                if (one.path("labels").path("alertname").asText().equals(alarm)
                        && one.path("status").asText().equals(status)) {
                    found.add(one);
                }
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
    }

    private void awaitFigures() {
        await("figures")
                .atMost(LIMIT.multipliedBy(2))
                .until(() -> metrics().contains("lifeboat_backup_last_success_timestamp_seconds{"));
    }

    private String metrics() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(port)))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
