package dev.lifeboat.starter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.configuration.Rhythm;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.starter.run.TinyTemporal;
import dev.lifeboat.workflows.schedule.ScheduleRequest;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verbs below {@code schedules}, on a real server: the one inside Java has no schedules. */
@Tag("slow")
@Timeout(180)
class SchedulesVerbsTest {

    private static final String ALL = "schedule: { hourly: '0 * * * *', daily: '30 2 * * *', weekly: '0 2 * * SUN',"
            + " monthly: '0 2 1,15 * MON', yearly: '*/20 2-4 1 1 *' }, zone: Europe/Berlin, jitter: 5m";

    @TempDir
    Path folder;

    private Installation ours;

    @BeforeEach
    void install() {
        ours = new Installation(folder, "orders");
    }

    @Test
    void apply_makes_what_the_file_says_and_a_second_time_changes_nothing() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            ours.write(server.address(), ALL);
            server.foreign("lifeboat/backup/orders/theirs");
            server.foreign("theirs");

            assertThat(ours.schedules("apply", "--dry-run").out())
                    .contains("would create backup/orders/daily; 30 2 * * * in Europe/Berlin, next ");
            assertThat(ours.changes("apply", "--dry-run")).hasSize(5);
            assertThat(ours.changes("apply"))
                    .containsExactly(
                            "CREATE backup/orders/hourly",
                            "CREATE backup/orders/daily",
                            "CREATE backup/orders/weekly",
                            "CREATE backup/orders/monthly",
                            "CREATE backup/orders/yearly");
            assertThat(ours.changes("apply")).isEmpty();
            assertThat(ours.changes("apply")).isEmpty();

            ours.write(
                    server.address(),
                    "schedule: { daily: '30 3 * * *', hourly: '0 * * * *' }, zone: Europe/Berlin, jitter: 5m");
            JsonNode dry = ours.schedules("apply", "--dry-run", "--json").json();
            assertThat(dry.at("/changes/0/why/0").asText()).isEqualTo("its times");
            assertThat(ours.changes("apply"))
                    .containsExactlyInAnyOrder(
                            "UPDATE backup/orders/daily",
                            "REMOVE backup/orders/weekly",
                            "REMOVE backup/orders/monthly",
                            "REMOVE backup/orders/yearly");
            assertThat(ours.changes("apply")).isEmpty();
            assertThat(server.schedules().getHandle("theirs").describe()).isNotNull();
            assertThat(server.schedules()
                            .getHandle("lifeboat/backup/orders/theirs")
                            .describe())
                    .isNotNull();
        }
    }

    @Test
    void what_was_missed_is_caught_up_for_most_of_a_day() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            ours.write(server.address(), ALL);
            ours.changes("apply");

            var daily =
                    server.schedules().getHandle("lifeboat/backup/orders/daily").describe();
            assertThat(requireNonNull(daily.getSchedule().getPolicy()).getCatchupWindow())
                    .isEqualTo(Duration.ofDays(1).multipliedBy(9).dividedBy(10));
        }
    }

    /** Where no clock is ever put back: the server begins a time that comes twice at its second coming only. */
    @Test
    void what_the_server_will_do_is_what_the_file_says() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            ours.write(server.address(), ALL.replace("Europe/Berlin", "Asia/Kolkata"));
            ours.changes("apply");

            Instant before = Instant.now();
            JsonNode listed = ours.schedules("list", "--json").json().at("/schedules");
            assertThat(listed).hasSize(5);
            var expected =
                    Settings.load(ours.file()).database("orders").backup().schedule();
            for (JsonNode schedule : listed) {
                String rhythm = schedule.get("schedule").asText().replaceAll(".*/", "");
                Instant next = Instant.parse(schedule.at("/next/0").asText());
                var timetable =
                        expected.timetable(Rhythm.of(rhythm).orElseThrow()).orElseThrow();
                // The server counts the jitter in: what is next may be for a point that has just passed.
                Instant point = timetable.last(next);
                assertThat(next).as(rhythm).isBetween(point, point.plus(Duration.ofMinutes(5)));
                assertThat(next).as(rhythm).isAfter(before.minusSeconds(5));
                assertThat(point).as(rhythm).isBeforeOrEqualTo(timetable.next(Instant.now()));
            }
            assertThat(ours.schedules("list").out())
                    .contains("NEXT (UTC)")
                    .containsPattern("backup/orders/daily .* 02:3\\d:\\d\\d Asia/Kolkata");
        }
    }

    @Test
    void a_schedule_knows_since_when_it_has_its_times() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            Instant before = Instant.now();
            ours.write(server.address(), "schedule: '30 2 * * *', jitter: 5m");
            ours.changes("apply");
            Instant made = since(server);
            assertThat(made).isBetween(before, Instant.now());

            ours.write(server.address(), "schedule: '30 2 * * *', jitter: 6m");
            assertThat(ours.changes("apply")).containsExactly("UPDATE backup/orders/daily");
            assertThat(since(server)).as("its times are the same").isEqualTo(made);

            ours.write(server.address(), "schedule: '30 3 * * *', jitter: 6m");
            ours.changes("apply");
            assertThat(since(server)).as("it has other times").isAfter(made);
        }
    }

    private static Instant since(ScheduleServer server) {
        var action = (ScheduleActionStartWorkflow) ScheduleClient.newInstance(
                        server.temporal().stubs(),
                        ScheduleClientOptions.newBuilder()
                                .setDataConverter(
                                        server.temporal().client().getOptions().getDataConverter())
                                .build())
                .getHandle("lifeboat/backup/orders/daily")
                .describe()
                .getSchedule()
                .getAction();
        return requireNonNull(action.getArguments().get(0, ScheduleRequest.class))
                .since()
                .orElseThrow();
    }

    @Test
    void a_paused_schedule_stays_paused_through_apply_and_says_why() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            ours.write(server.address(), ALL);
            ours.changes("apply");

            assertThat(ours.schedules("pause", "backup/orders/daily").exitCode())
                    .isEqualTo(2);
            assertThat(ours.schedules("pause", "backup/orders/daily", "--reason", " ")
                            .exitCode())
                    .isEqualTo(2);
            assertThat(ours.schedules("pause", "backup/orders/dayly", "--reason", "x")
                            .err())
                    .contains("Did you mean 'backup/orders/daily'?");
            assertThat(ours.schedules("pause", "backup/orders", "--reason", "moving house")
                            .out())
                    .contains("paused backup/orders/daily", "paused backup/orders/yearly");
            ours.write(server.address(), ALL.replace("30 2", "30 3"));
            assertThat(ours.changes("apply")).containsExactly("UPDATE backup/orders/daily");
            Called list = ours.schedules("list");
            assertThat(list.exitCode()).isZero();
            assertThat(list.out()).contains("paused since 20", ": moving house");
            assertThat(ours.schedules("list", "--json").json().at("/schedules/0/next"))
                    .isEmpty();

            server.schedules()
                    .getHandle("lifeboat/backup/orders/daily")
                    .pause("paused at 2026-11-19T01:00:00Z by ann@db1: moving house");
            Called late = ours.schedules("list");
            assertThat(late.exitCode()).isEqualTo(1);
            assertThat(late.err())
                    .contains("backup/orders/daily is paused since 2026-11-19 01:00:00Z by ann@db1: moving house,"
                            + " so nothing is made; lifeboat schedules resume backup/orders/daily");

            assertThat(ours.schedules("resume", "backup/orders").exitCode()).isZero();
            assertThat(ours.schedules("list").exitCode()).isZero();
            assertThat(ours.schedules("list").out()).doesNotContain("paused");
        }
    }

    @Test
    void list_says_what_is_not_as_the_file_says() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            ours.write(server.address(), "schedule: '0 2 * * *'");
            ours.changes("apply");
            var handle = server.schedules().getHandle("lifeboat/backup/orders/daily");
            handle.update(it ->
                    new ScheduleUpdate(Schedule.newBuilder(it.getDescription().getSchedule())
                            .setSpec(ScheduleSpec.newBuilder()
                                    .setCronExpressions(List.of("0 5 * * *"))
                                    .build())
                            .build()));

            Called changed = ours.schedules("list");
            assertThat(changed.exitCode()).isEqualTo(1);
            assertThat(changed.err()).contains("backup/orders/daily is not what lifeboat.yml says (its times");
            assertThat(ours.changes("apply")).containsExactly("UPDATE backup/orders/daily");
            assertThat(ours.schedules("list").exitCode()).isZero();

            ours.write(server.address(), "zone: UTC");
            assertThat(ours.schedules("list").err()).contains("backup/orders/daily is not in lifeboat.yml any more");
        }
    }

    @Test
    void trigger_begins_a_run_now_although_the_schedule_is_paused() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            ours.write(server.address(), "schedule: '0 2 * * *'");
            ours.changes("apply");
            ours.schedules("pause", "backup/orders/daily", "--reason", "no worker yet");

            assertThat(ours.schedules("trigger", "backup/orders/daily").out())
                    .contains("triggered backup/orders/daily");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(server.temporal()
                                    .client()
                                    .listExecutions("WorkflowType = 'RunOnSchedule'")
                                    .map(it -> it.getExecution().getWorkflowId()))
                            .hasSize(1)
                            .allMatch(it -> it.startsWith("on-schedule/backup/orders/daily-20")));
            String run =
                    Called.in(folder, "runs", "--json").json().at("/runs/0/run").asText();
            assertThat(run).startsWith("schedule-backup.orders.daily-20");
            Called cancelled = Called.in(folder, "cancel", run, "--no-wait");
            assertThat(cancelled.err()).contains("asked " + run + " to stop");
        }
    }

    @Test
    void schedules_follow_their_database_to_another_repository_of_the_file() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            ours.write(server.address(), "schedule: '0 2 * * *'");
            ours.changes("apply");
            Path file = ours.file();
            Files.writeString(
                    file,
                    Files.readString(file).replace("repositories:", """
                            repositories:
                              next: { url: "file:next", recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }""").replace("backup: {", "backup: { to: [next],"));

            Files.createDirectory(folder.resolve("next"));
            Called early = ours.schedules("apply");
            assertThat(early.exitCode()).isEqualTo(5);
            assertThat(early.err()).contains("the repository 'next' cannot be read", "holds no repository");
            assertThat(ours.schedules("pause", "backup/orders", "--reason", "the store is away")
                            .exitCode())
                    .isZero();
            Repository.openOrCreate(
                    Stores.open(Settings.load(file).repository("next").location(), StoreRight.WRITE));

            assertThat(ours.changes("apply")).containsExactly("UPDATE backup/orders/daily");
            assertThat(ours.changes("apply")).isEmpty();
            assertThat(ours.schedules("list").out()).contains("the store is away");
        }
    }

    @Test
    void a_server_inside_java_has_no_schedules_and_that_is_said() throws Exception {
        try (TinyTemporal temporal = new TinyTemporal()) {
            ours.write(temporal.address(), "schedule: '0 2 * * *'");

            for (String verb : List.of("apply", "list")) {
                Called called = ours.schedules(verb);
                assertThat(called.exitCode()).isEqualTo(5);
                assertThat(called.err()).contains("this Temporal has no schedules: it is the small one");
            }
        }
    }
}
