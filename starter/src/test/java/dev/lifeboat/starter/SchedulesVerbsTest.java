package dev.lifeboat.starter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.starter.local.LocalTemporal;
import dev.lifeboat.starter.local.Tools;
import dev.lifeboat.starter.run.TinyTemporal;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.schedule.ScheduleRequest;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void apply_makes_what_the_file_says_and_a_second_time_changes_nothing() throws Exception {
        try (LocalTemporal server = server();
                TemporalConnection temporal = to(server)) {
            write(server, ALL);
            foreign(temporal, "lifeboat/backup/orders/theirs");
            foreign(temporal, "theirs");

            assertThat(schedules("apply", "--dry-run").out())
                    .contains("would create backup/orders/daily; 30 2 * * * in Europe/Berlin, next ");
            assertThat(changes("apply", "--dry-run")).hasSize(5);
            assertThat(changes("apply"))
                    .containsExactly(
                            "CREATE backup/orders/hourly",
                            "CREATE backup/orders/daily",
                            "CREATE backup/orders/weekly",
                            "CREATE backup/orders/monthly",
                            "CREATE backup/orders/yearly");
            assertThat(changes("apply")).isEmpty();
            assertThat(changes("apply")).isEmpty();

            write(server, "schedule: { daily: '30 3 * * *', hourly: '0 * * * *' }, zone: Europe/Berlin, jitter: 5m");
            JsonNode dry = schedules("apply", "--dry-run", "--json").json();
            assertThat(dry.at("/changes/0/why/0").asText()).isEqualTo("its times");
            assertThat(changes("apply"))
                    .containsExactlyInAnyOrder(
                            "UPDATE backup/orders/daily",
                            "REMOVE backup/orders/weekly",
                            "REMOVE backup/orders/monthly",
                            "REMOVE backup/orders/yearly");
            assertThat(changes("apply")).isEmpty();
            assertThat(client(temporal).getHandle("theirs").describe()).isNotNull();
            assertThat(client(temporal)
                            .getHandle("lifeboat/backup/orders/theirs")
                            .describe())
                    .isNotNull();
        }
    }

    @Test
    void what_the_server_will_do_is_what_the_file_says() throws Exception {
        try (LocalTemporal server = server();
                TemporalConnection temporal = to(server)) {
            write(server, ALL);
            changes("apply");

            var daily =
                    client(temporal).getHandle("lifeboat/backup/orders/daily").describe();
            assertThat(requireNonNull(daily.getSchedule().getPolicy()).getCatchupWindow())
                    .isEqualTo(Duration.ofMinutes(23 * 60 + 30).multipliedBy(9).dividedBy(10));
            Instant before = Instant.now();
            JsonNode listed = schedules("list", "--json").json().at("/schedules");
            assertThat(listed).hasSize(5);
            var expected = Settings.load(folder.resolve("lifeboat.yml"))
                    .database("orders")
                    .backup()
                    .schedule();
            for (JsonNode schedule : listed) {
                String rhythm = schedule.get("schedule").asText().replaceAll(".*/", "");
                Instant next = Instant.parse(schedule.at("/next/0").asText());
                var timetable = expected.timetable(
                                dev.lifeboat.configuration.Rhythm.of(rhythm).orElseThrow())
                        .orElseThrow();
                // The server counts the jitter in: what is next may be for a point that has just passed.
                Instant point = timetable.last(next);
                assertThat(next).as(rhythm).isBetween(point, point.plus(Duration.ofMinutes(5)));
                assertThat(next).as(rhythm).isAfter(before.minusSeconds(5));
                assertThat(point).as(rhythm).isBeforeOrEqualTo(timetable.next(Instant.now()));
            }
            assertThat(schedules("list").out()).contains("NEXT (UTC)", "02:3", "Europe/Berlin");
        }
    }

    @Test
    void a_schedule_knows_since_when_it_has_its_times() throws Exception {
        try (LocalTemporal server = server();
                TemporalConnection temporal = to(server)) {
            Instant before = Instant.now();
            write(server, "schedule: '30 2 * * *', jitter: 5m");
            changes("apply");
            Instant made = since(temporal);
            assertThat(made).isBetween(before, Instant.now());

            write(server, "schedule: '30 2 * * *', jitter: 6m");
            assertThat(changes("apply")).containsExactly("UPDATE backup/orders/daily");
            assertThat(since(temporal)).as("its times are the same").isEqualTo(made);

            write(server, "schedule: '30 3 * * *', jitter: 6m");
            changes("apply");
            assertThat(since(temporal)).as("it has other times").isAfter(made);
        }
    }

    private static Instant since(TemporalConnection temporal) {
        var action = (ScheduleActionStartWorkflow) ScheduleClient.newInstance(
                        temporal.stubs(),
                        ScheduleClientOptions.newBuilder()
                                .setDataConverter(temporal.client().getOptions().getDataConverter())
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
        try (LocalTemporal server = server();
                TemporalConnection temporal = to(server)) {
            write(server, ALL);
            changes("apply");

            assertThat(schedules("pause", "backup/orders/daily").exitCode()).isEqualTo(2);
            assertThat(schedules("pause", "backup/orders/daily", "--reason", " ")
                            .exitCode())
                    .isEqualTo(2);
            assertThat(schedules("pause", "backup/orders/dayly", "--reason", "x")
                            .err())
                    .contains("Did you mean 'backup/orders/daily'?");
            assertThat(schedules("pause", "backup/orders", "--reason", "moving house")
                            .out())
                    .contains("paused backup/orders/daily", "paused backup/orders/yearly");
            write(server, ALL.replace("30 2", "30 3"));
            assertThat(changes("apply")).containsExactly("UPDATE backup/orders/daily");
            Called list = schedules("list");
            assertThat(list.exitCode()).isZero();
            assertThat(list.out()).contains("paused since 20", ": moving house");
            assertThat(schedules("list", "--json").json().at("/schedules/0/next"))
                    .isEmpty();

            client(temporal)
                    .getHandle("lifeboat/backup/orders/daily")
                    .pause("paused at 2026-11-19T01:00:00Z by ann@db1: moving house");
            Called late = schedules("list");
            assertThat(late.exitCode()).isEqualTo(1);
            assertThat(late.err())
                    .contains("backup/orders/daily is paused since 2026-11-19 01:00:00Z by ann@db1: moving house,"
                            + " so nothing is made; lifeboat schedules resume backup/orders/daily");

            assertThat(schedules("resume", "backup/orders").exitCode()).isZero();
            assertThat(schedules("list").exitCode()).isZero();
            assertThat(schedules("list").out()).doesNotContain("paused");
        }
    }

    @Test
    void list_says_what_is_not_as_the_file_says() throws Exception {
        try (LocalTemporal server = server();
                TemporalConnection temporal = to(server)) {
            write(server, "schedule: '0 2 * * *'");
            changes("apply");
            var handle = client(temporal).getHandle("lifeboat/backup/orders/daily");
            handle.update(it ->
                    new ScheduleUpdate(Schedule.newBuilder(it.getDescription().getSchedule())
                            .setSpec(ScheduleSpec.newBuilder()
                                    .setCronExpressions(List.of("0 5 * * *"))
                                    .build())
                            .build()));

            Called changed = schedules("list");
            assertThat(changed.exitCode()).isEqualTo(1);
            assertThat(changed.err()).contains("backup/orders/daily is not what lifeboat.yml says (its times");
            assertThat(changes("apply")).containsExactly("UPDATE backup/orders/daily");
            assertThat(schedules("list").exitCode()).isZero();

            write(server, "zone: UTC");
            assertThat(schedules("list").err()).contains("backup/orders/daily is not in lifeboat.yml any more");
        }
    }

    @Test
    void a_schedule_of_somebody_else_by_one_of_our_names_is_named_and_left_alone() throws Exception {
        try (LocalTemporal server = server();
                TemporalConnection temporal = to(server)) {
            write(server, "schedule: '0 2 * * *'");
            foreign(temporal, "lifeboat/backup/orders/daily");

            Called called = schedules("apply");

            assertThat(called.exitCode()).isEqualTo(1);
            assertThat(called.err())
                    .contains("there is a schedule 'lifeboat/backup/orders/daily' that Lifeboat did not make");
        }
    }

    @Test
    void what_another_installation_made_is_listed_and_left_alone() throws Exception {
        try (LocalTemporal server = server();
                TemporalConnection temporal = to(server)) {
            Path theirs = Files.createDirectory(folder.resolve("theirs"));
            write(theirs, server.address(), "customers", "schedule: '0 4 * * *'");
            write(server, "schedule: '0 2 * * *'");
            assertThat(Called.in(theirs, "schedules", "apply").exitCode()).isZero();

            assertThat(changes("apply")).containsExactly("CREATE backup/orders/daily");
            assertThat(changes("apply")).isEmpty();
            Called list = schedules("list");
            assertThat(list.exitCode()).as(list.err()).isZero();
            assertThat(list.out()).contains("of another installation, and left alone: backup/customers/daily");
            JsonNode json = schedules("list", "--json").json();
            assertThat(json.get("schedules")).hasSize(1);
            assertThat(json.at("/others/0").asText()).isEqualTo("backup/customers/daily");
            assertThat(schedules("pause", "backup/customers", "--reason", "x").exitCode())
                    .isEqualTo(2);
            assertThat(schedules("trigger", "backup/customers").exitCode()).isEqualTo(2);

            write(server, "zone: UTC");
            assertThat(changes("apply")).containsExactly("REMOVE backup/orders/daily");
            assertThat(Called.in(theirs, "schedules", "list").exitCode()).isZero();
            assertThat(client(temporal)
                            .getHandle("lifeboat/backup/customers/daily")
                            .describe())
                    .isNotNull();
        }
    }

    @Test
    void a_schedule_that_two_installations_want_is_an_error_before_anything_is_changed() throws Exception {
        try (LocalTemporal server = server()) {
            Path theirs = Files.createDirectory(folder.resolve("theirs"));
            write(theirs, server.address(), "orders", "schedule: '0 4 * * *'");
            write(server, "schedule: { hourly: '0 * * * *', daily: '0 2 * * *' }");
            assertThat(Called.in(theirs, "schedules", "apply").exitCode()).isZero();

            for (String[] arguments : List.of(new String[] {"apply"}, new String[] {"apply", "--dry-run"})) {
                Called called = schedules(arguments);
                assertThat(called.exitCode()).isEqualTo(1);
                assertThat(called.err())
                        .contains(
                                "the schedule 'lifeboat/backup/orders/daily' in Temporal belongs to another installation")
                        .contains("Give each installation a namespace of its own");
            }
            Called list = schedules("list");
            assertThat(list.exitCode()).isEqualTo(1);
            assertThat(list.err()).contains("belongs to another installation");
            assertThat(schedules("list", "--json").json().get("schedules")).isEmpty();
            Called unchanged = Called.in(theirs, "schedules", "apply", "--json");
            assertThat(unchanged.json().get("changes")).isEmpty();
        }
    }

    @Test
    void schedules_follow_their_database_to_another_repository_of_the_file() throws Exception {
        try (LocalTemporal server = server()) {
            write(server, "schedule: '0 2 * * *'");
            changes("apply");
            Path file = folder.resolve("lifeboat.yml");
            Files.writeString(
                    file,
                    Files.readString(file).replace("repositories:", """
                            repositories:
                              next: { url: "file:next", recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }""").replace("backup: {", "backup: { to: [next],"));

            Files.createDirectory(folder.resolve("next"));
            Called early = schedules("apply");
            assertThat(early.exitCode()).isEqualTo(5);
            assertThat(early.err()).contains("the repository 'next' cannot be read", "holds no repository");
            assertThat(schedules("pause", "backup/orders", "--reason", "the store is away")
                            .exitCode())
                    .isZero();
            Repository.openOrCreate(
                    Stores.open(Settings.load(file).repository("next").location(), StoreRight.WRITE));

            assertThat(changes("apply")).containsExactly("UPDATE backup/orders/daily");
            assertThat(changes("apply")).isEmpty();
            assertThat(schedules("list").out()).contains("the store is away");
        }
    }

    @Test
    void a_memo_that_is_not_ours_makes_a_schedule_somebody_elses() throws Exception {
        try (LocalTemporal server = server();
                TemporalConnection temporal = to(server)) {
            write(server, "zone: UTC");
            List<Object> memos = List.of("something else", Map.of("lifeboat", true), List.of(1, 2));
            for (int i = 0; i < memos.size(); i++) {
                foreign(temporal, "lifeboat/backup/orders/" + i, Map.of("lifeboat", memos.get(i)));
            }

            // The server's own list is a little late.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> client(temporal).listSchedules().count() == memos.size());
            assertThat(changes("apply")).isEmpty();
            assertThat(schedules("list").out()).startsWith("no schedules");
            assertThat(client(temporal).listSchedules()).hasSize(memos.size());
        }
    }

    @Test
    void a_check_finds_what_keeps_a_schedule_from_making_the_next_backup() throws Exception {
        try (LocalTemporal server = server();
                TemporalConnection temporal = to(server)) {
            write(server, "schedule: { daily: '0 2 * * *', weekly: '0 2 * * SUN' }");
            assertThat(found(temporal))
                    .containsExactly(
                            "FAIL schedules.backup/orders/daily: Temporal does not have it, so nothing is made",
                            "FAIL schedules.backup/orders/weekly: Temporal does not have it, so nothing is made");

            changes("apply");
            assertThat(found(temporal)).containsExactly("PASS schedules: 2 of 2");

            schedules("pause", "backup/orders/daily", "--reason", "moving house");
            assertThat(found(temporal))
                    .anyMatch(
                            it -> it.matches(
                                    "FAIL schedules.backup/orders/daily: paused since 20.* by .*: moving house, so nothing is made"));
            schedules("resume", "backup/orders/daily");

            write(server, "schedule: { daily: '0 3 * * *' }");
            assertThat(found(temporal))
                    .containsExactlyInAnyOrder(
                            "FAIL schedules.backup/orders/daily: it differs: its times",
                            "WARN schedules.backup/orders/weekly: it is in Temporal, and not in lifeboat.yml");

            Files.delete(folder.resolve("store/repository.json"));
            assertThat(found(temporal))
                    .hasSize(1)
                    .allMatch(it -> it.startsWith("INCONCLUSIVE schedules.backup/orders/daily: the repository"));
        }
    }

    @Test
    void a_home_that_cannot_be_read_or_whose_secret_is_not_here_hides_nothing_of_others() throws Exception {
        try (LocalTemporal server = server();
                TemporalConnection temporal = to(server)) {
            String stock =
                    "stock: { url: \"postgresql://me@127.0.0.1/stock\", backup: { to: [far], %s }, verification: { schedule: off } }";
            String file = "file:far\"";
            writeTwo(server, file, stock.formatted("schedule: '0 3 * * *'"));
            changes("apply");
            schedules("pause", "backup/orders/daily", "--reason", "moving house");
            client(temporal).getHandle("lifeboat/backup/orders/weekly").delete();

            String secret = "s3://bucket/far\", region: eu-central-1, credentials: { read: { access-key: file:gone.key,"
                    + " secret-key: file:gone.key } }";
            for (String far : List.of("file:nowhere\"", secret)) {
                writeTwo(server, far, stock.formatted("schedule: '0 3 * * *'"));

                assertThat(found(temporal))
                        .anyMatch(it -> it.matches("FAIL schedules.backup/orders/daily: paused since .*"))
                        .anyMatch(it -> it.startsWith("FAIL schedules.backup/orders/weekly: Temporal does not have it"))
                        .anyMatch(it -> it.startsWith("INCONCLUSIVE schedules.backup/stock/daily: "));
                Called list = schedules("list");
                assertThat(list.exitCode()).as(list.err()).isEqualTo(1);
                assertThat(list.out()).contains("backup/orders/daily", "backup/stock/daily");
                assertThat(list.err())
                        .contains("nobody knows whether backup/stock/daily is what lifeboat.yml says: ")
                        .contains("backup/orders/weekly is in lifeboat.yml and not in Temporal");
                assertThat(schedules("apply").exitCode()).isIn(2, 5);
            }
        }
    }

    private void writeTwo(LocalTemporal server, String far, String stock) throws IOException {
        write(server, "to: [main], schedule: { daily: '0 2 * * *', weekly: '0 2 * * SUN' }");
        Path file = folder.resolve("lifeboat.yml");
        Files.writeString(file, Files.readString(file).replace("temporal:", """
                          far: { url: "%s, recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }
                        temporal:""".formatted(far)) + "  " + stock + "\n");
        if (far.startsWith("file:far")) {
            Files.createDirectories(folder.resolve("far"));
            Repository.openOrCreate(
                    Stores.open(Settings.load(file).repository("far").location(), StoreRight.WRITE));
        }
    }

    @Test
    void two_installations_that_copy_to_each_other_leave_each_others_schedules_alone() throws Exception {
        try (LocalTemporal server = server();
                TemporalConnection temporal = to(server)) {
            Path theirs = Files.createDirectory(folder.resolve("theirs"));
            write(theirs, server.address(), "customers", "schedule: '0 4 * * *'");
            write(server, "schedule: '0 2 * * *'");
            copyTo(folder, theirs.resolve("store"));
            copyTo(theirs, folder.resolve("store"));

            assertThat(changes("apply")).containsExactly("CREATE backup/orders/daily");
            assertThat(Called.in(theirs, "schedules", "apply", "--json").json().at("/changes"))
                    .hasSize(1);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> client(temporal).listSchedules().count() == 2);
            assertThat(changes("apply")).isEmpty();
            assertThat(schedules("list").out())
                    .contains("of another installation, and left alone: backup/customers/daily");
        }
    }

    private static void copyTo(Path installation, Path store) throws IOException {
        Path file = installation.resolve("lifeboat.yml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("temporal:", """
                          far: { url: "file:%s", recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }
                        temporal:""".formatted(store))
                        .replace("backup: {", "backup: { to: [main, far],"));
    }

    private List<String> found(TemporalConnection temporal) throws IOException {
        return ScheduleFindings.of(Settings.load(folder.resolve("lifeboat.yml")), temporal, Instant.now()).stream()
                .map(it -> "%s %s: %s".formatted(it.verdict(), it.subject(), it.detail()))
                .toList();
    }

    @Test
    void trigger_begins_a_run_now_although_the_schedule_is_paused() throws Exception {
        try (LocalTemporal server = server();
                TemporalConnection temporal = to(server)) {
            write(server, "schedule: '0 2 * * *'");
            changes("apply");
            schedules("pause", "backup/orders/daily", "--reason", "no worker yet");

            assertThat(schedules("trigger", "backup/orders/daily").out()).contains("triggered backup/orders/daily");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(temporal.client()
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
    void a_server_inside_java_has_no_schedules_and_that_is_said() throws Exception {
        try (TinyTemporal temporal = new TinyTemporal()) {
            write(temporal.address(), "schedule: '0 2 * * *'");

            for (String verb : List.of("apply", "list")) {
                Called called = schedules(verb);
                assertThat(called.exitCode()).isEqualTo(5);
                assertThat(called.err()).contains("this Temporal has no schedules: it is the small one");
            }
        }
    }

    private Called schedules(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "schedules";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Called.in(folder, all);
    }

    private List<String> changes(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        Called called = schedules(all);
        assertThat(called.exitCode()).as(called.err()).isZero();
        return java.util.stream.StreamSupport.stream(
                        called.json().get("changes").spliterator(), false)
                .map(it -> it.get("change").asText() + " " + it.get("schedule").asText())
                .toList();
    }

    private LocalTemporal server() {
        return LocalTemporal.start(Tools.temporal(), folder.resolve("t"), LocalTemporal.Ports.free());
    }

    private void write(LocalTemporal server, String backup) throws IOException {
        write(server.address(), backup);
    }

    private void write(String address, String backup) throws IOException {
        write(folder, address, "orders", backup);
    }

    /** An installation of its own, in its own folder with its own repository. */
    private static void write(Path folder, String address, String database, String backup) throws IOException {
        Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main:
                    url: "file:store"
                    recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk]
                temporal: { address: "%s" }
                databases:
                  %s: { url: "postgresql://me@127.0.0.1/orders", backup: { %s }, verification: { schedule: off } }
                """.formatted(address, database, backup));
        Settings settings = Settings.load(folder.resolve("lifeboat.yml"));
        Files.createDirectories(folder.resolve("store"));
        Repository.openOrCreate(Stores.open(settings.repository("main").location(), StoreRight.WRITE));
    }

    private static TemporalConnection to(LocalTemporal server) {
        return TemporalConnection.to(server.address(), "default", Optional.empty());
    }

    private static ScheduleClient client(TemporalConnection temporal) {
        return ScheduleClient.newInstance(temporal.stubs());
    }

    private static void foreign(TemporalConnection temporal, String id) {
        foreign(temporal, id, Map.of());
    }

    private static void foreign(TemporalConnection temporal, String id, Map<String, Object> memo) {
        client(temporal)
                .createSchedule(
                        id,
                        Schedule.newBuilder()
                                .setAction(ScheduleActionStartWorkflow.newBuilder()
                                        .setWorkflowType("Theirs")
                                        .setOptions(WorkflowOptions.newBuilder()
                                                .setWorkflowId("theirs")
                                                .setTaskQueue("theirs")
                                                .build())
                                        .build())
                                .setSpec(ScheduleSpec.newBuilder()
                                        .setIntervals(List.of(new ScheduleIntervalSpec(Duration.ofHours(100))))
                                        .build())
                                .build(),
                        ScheduleOptions.newBuilder().setMemo(memo).build());
    }
}
