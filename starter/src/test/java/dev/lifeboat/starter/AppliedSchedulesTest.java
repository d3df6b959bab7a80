package dev.lifeboat.starter;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Timestamp;
import dev.lifeboat.configuration.BackupSchedule;
import dev.lifeboat.configuration.Rhythm;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.configuration.Timetable;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.starter.local.LocalTemporal;
import dev.lifeboat.starter.local.Tools;
import dev.lifeboat.workflows.connection.TemporalConnection;
import io.temporal.api.workflowservice.v1.ListScheduleMatchingTimesRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real Temporal makes of the schedules that were applied, asked for its own times. */
@Tag("slow")
@Timeout(180)
class AppliedSchedulesTest {

    private static final int YEARS = 3;
    private static final Duration AROUND = Duration.ofHours(36);

    /** Crons that meet both changes of the clock, by zone; Temporal errs in those of each hour where it moves by half of one. */
    private static final Map<String, String> CRONS = Map.of(
            "Europe/Berlin",
                    "hourly: '*/30 * * * *', daily: '30 2 * * *', weekly: '15 2,5 * * SUN', monthly: '0 2 * * *'",
            "America/New_York",
                    "hourly: '0 * * * *', daily: '30 2 * * *', weekly: '30 1 * * SUN', monthly: '59 1 1-14 * *'",
            "America/Havana", "daily: '30 4 * * *', weekly: '0 2 * * SUN', monthly: '15 0,3 * * SUN'",
            "Australia/Lord_Howe", "daily: '15 2 * * *', weekly: '45 1 * * SUN', monthly: '0,30 2 * * *'");

    @TempDir
    Path folder;

    @Test
    void on_nights_with_a_change_of_the_clock_each_point_is_begun_and_else_only_a_time_that_comes_again()
            throws Exception {
        try (LocalTemporal server = server();
                TemporalConnection temporal = TemporalConnection.to(server.address(), "default", Optional.empty())) {
            write(
                    server,
                    CRONS.entrySet().stream()
                            .map(it ->
                                    "%s: { url: 'postgresql://me@127.0.0.1/orders', backup: { schedule: { %s }, zone: %s, jitter: 0s } }"
                                            .formatted(database(it.getKey()), it.getValue(), it.getKey()))
                            .map("  %s"::formatted)
                            .collect(joining("\n")));
            apply();
            Settings settings = settings();
            int repeated = 0;
            for (String zone : CRONS.keySet()) {
                BackupSchedule schedule =
                        settings.database(database(zone)).backup().schedule();
                for (Map.Entry<Rhythm, Timetable> one : schedule.timetables().entrySet()) {
                    String id = "lifeboat/backup/%s/%s"
                            .formatted(database(zone), one.getKey().word());
                    for (Instant change : changes(zone)) {
                        repeated += compare(temporal, id, one.getValue(), change);
                    }
                }
            }
            assertThat(repeated).as("times that come again were among them").isPositive();
        }
    }

    @Test
    void backups_and_their_verification_are_applied_once_and_listed_with_their_next_times() throws Exception {
        try (LocalTemporal server = server()) {
            write(
                    server,
                    "  orders: { url: 'postgresql://me@127.0.0.1/orders', backup: { schedule: '0 2 * * *', zone: Asia/Kolkata } }");
            assertThat(apply()).hasSize(2);
            assertThat(apply()).isEmpty();

            Instant before = Instant.now();
            Called list = Called.in(folder, "schedules", "list", "--json");
            assertThat(list.exitCode()).as(list.err()).isZero();
            assertThat(list.json().get("trouble")).isEmpty();
            JsonNode listed = list.json().get("schedules");
            assertThat(listed.findValuesAsText("schedule"))
                    .containsExactlyInAnyOrder("backup/orders/daily", "verify/orders/daily");
            var database = settings().database("orders");
            assertThat(next(listed, "backup/orders/daily"))
                    .isIn(
                            next(database.backup().schedule(), before),
                            next(database.backup().schedule(), Instant.now()));
            assertThat(next(listed, "verify/orders/daily"))
                    .isIn(
                            next(database.verification().schedule(), before),
                            next(database.verification().schedule(), Instant.now()));
        }
    }

    /** How many of the server's times come a second time; each point has to be begun, or taken up by one of those. */
    private static int compare(TemporalConnection temporal, String id, Timetable timetable, Instant change) {
        Instant from = change.minus(AROUND).plusSeconds(7);
        Instant to = change.plus(AROUND).plusSeconds(7);
        List<Instant> points = timetable.points(from, to);
        List<Instant> times = times(temporal, id, from, to);
        String what = "%s in %s around %s".formatted(timetable.cron(), timetable.zone(), change);
        assertThat(times).as(what).isSorted().doesNotHaveDuplicates();
        List<Instant> again = without(times, points);
        assertThat(again).as("begun for nothing: " + what).allMatch(timetable::isRepeated);
        // What is begun only when its local time comes again is taken up by that run.
        List<Instant> takenUp = again.stream().map(timetable::last).toList();
        assertThat(without(without(points, times), takenUp))
                .as("never begun: " + what)
                .isEmpty();
        return again.size();
    }

    private static List<Instant> without(List<Instant> times, List<Instant> others) {
        return times.stream().filter(it -> !others.contains(it)).toList();
    }

    private static Instant next(JsonNode listed, String name) {
        for (JsonNode schedule : listed) {
            if (schedule.get("schedule").asText().equals(name)) {
                return Instant.parse(schedule.at("/next/0").asText());
            }
        }
        throw new AssertionError("there is no " + name);
    }

    private static Instant next(BackupSchedule schedule, Instant after) {
        return schedule.timetable(Rhythm.DAILY).orElseThrow().next(after);
    }

    private static List<Instant> changes(String zone) {
        List<Instant> changes = new ArrayList<>();
        Instant now = Instant.now();
        Instant end = now.plus(YEARS * 366L + 7, ChronoUnit.DAYS); // the days of the changes wander by up to six
        ZoneOffsetTransition change = ZoneId.of(zone).getRules().nextTransition(now);
        while (change != null && change.getInstant().isBefore(end)) {
            changes.add(change.getInstant());
            change = ZoneId.of(zone).getRules().nextTransition(change.getInstant());
        }
        assertThat(changes).hasSizeGreaterThanOrEqualTo(2 * YEARS);
        return changes;
    }

    private static List<Instant> times(TemporalConnection temporal, String id, Instant from, Instant to) {
        return temporal
                .stubs()
                .blockingStub()
                .listScheduleMatchingTimes(ListScheduleMatchingTimesRequest.newBuilder()
                        .setNamespace("default")
                        .setScheduleId(id)
                        .setStartTime(stamp(from))
                        .setEndTime(stamp(to))
                        .build())
                .getStartTimeList()
                .stream()
                .map(it -> Instant.ofEpochSecond(it.getSeconds(), it.getNanos()))
                .toList();
    }

    private static Timestamp stamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private LocalTemporal server() {
        return LocalTemporal.start(Tools.temporal(), folder.resolve("t"), LocalTemporal.Ports.free());
    }

    /** The changes that applying made. */
    private List<String> apply() {
        Called applied = Called.in(folder, "schedules", "apply", "--json");
        assertThat(applied.exitCode()).as(applied.err()).isZero();
        return applied.json().get("changes").findValuesAsText("schedule");
    }

    private Settings settings() {
        return Settings.load(folder.resolve("lifeboat.yml"));
    }

    private static String database(String zone) {
        return zone.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "-");
    }

    private void write(LocalTemporal server, String databases) throws IOException {
        Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main:
                    url: "file:store"
                    recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk]
                temporal: { address: "%s" }
                databases:
                %s
                """.formatted(server.address(), databases));
        Files.createDirectories(folder.resolve("store"));
        Repository.openOrCreate(Stores.open(settings().repository("main").location(), StoreRight.WRITE));
    }
}
