package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real server lie schedules that this installation did not make: they are named and left alone. */
@Tag("slow")
@Timeout(180)
class SchedulesOfOthersTest {

    @TempDir
    Path folder;

    private Installation ours;

    @BeforeEach
    void install() {
        ours = new Installation(folder, "orders");
    }

    @Test
    void a_schedule_of_somebody_else_by_one_of_our_names_is_named_and_left_alone() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            ours.write(server.address(), "schedule: '0 2 * * *'");
            server.foreign("lifeboat/backup/orders/daily");

            Called called = ours.schedules("apply");

            assertThat(called.exitCode()).isEqualTo(1);
            assertThat(called.err())
                    .contains("there is a schedule 'lifeboat/backup/orders/daily' that Lifeboat did not make");
        }
    }

    @Test
    void a_memo_that_is_not_ours_makes_a_schedule_somebody_elses() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            ours.write(server.address(), "zone: UTC");
            List<Object> memos = List.of("something else", Map.of("lifeboat", true), List.of(1, 2));
            for (int i = 0; i < memos.size(); i++) {
                server.foreign("lifeboat/backup/orders/" + i, Map.of("lifeboat", memos.get(i)));
            }

            // The server's own list is a little late.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.schedules().listSchedules().count() == memos.size());
            assertThat(ours.changes("apply")).isEmpty();
            assertThat(ours.schedules("list").out()).startsWith("no schedules");
            assertThat(server.schedules().listSchedules()).hasSize(memos.size());
        }
    }

    @Test
    void what_another_installation_made_is_listed_and_left_alone() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            Installation theirs = new Installation(Files.createDirectory(folder.resolve("theirs")), "customers");
            theirs.write(server.address(), "schedule: '0 4 * * *'");
            ours.write(server.address(), "schedule: '0 2 * * *'");
            assertThat(theirs.schedules("apply").exitCode()).isZero();

            assertThat(ours.changes("apply")).containsExactly("CREATE backup/orders/daily");
            assertThat(ours.changes("apply")).isEmpty();
            Called list = ours.schedules("list");
            assertThat(list.exitCode()).as(list.err()).isZero();
            assertThat(list.out()).contains("of another installation, and left alone: backup/customers/daily");
            JsonNode json = ours.schedules("list", "--json").json();
            assertThat(json.get("schedules")).hasSize(1);
            assertThat(json.at("/others/0").asText()).isEqualTo("backup/customers/daily");
            assertThat(ours.schedules("pause", "backup/customers", "--reason", "x")
                            .exitCode())
                    .isEqualTo(2);
            assertThat(ours.schedules("trigger", "backup/customers").exitCode()).isEqualTo(2);

            ours.write(server.address(), "zone: UTC");
            assertThat(ours.changes("apply")).containsExactly("REMOVE backup/orders/daily");
            assertThat(theirs.schedules("list").exitCode()).isZero();
            assertThat(server.schedules()
                            .getHandle("lifeboat/backup/customers/daily")
                            .describe())
                    .isNotNull();
        }
    }

    @Test
    void a_schedule_that_two_installations_want_is_an_error_before_anything_is_changed() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            Installation theirs = new Installation(Files.createDirectory(folder.resolve("theirs")), "orders");
            theirs.write(server.address(), "schedule: '0 4 * * *'");
            ours.write(server.address(), "schedule: { hourly: '0 * * * *', daily: '0 2 * * *' }");
            assertThat(theirs.schedules("apply").exitCode()).isZero();

            for (String[] arguments : List.of(new String[] {"apply"}, new String[] {"apply", "--dry-run"})) {
                Called called = ours.schedules(arguments);
                assertThat(called.exitCode()).isEqualTo(1);
                assertThat(called.err())
                        .contains(
                                "the schedule 'lifeboat/backup/orders/daily' in Temporal belongs to another installation")
                        .contains("Give each installation a namespace of its own");
            }
            Called list = ours.schedules("list");
            assertThat(list.exitCode()).isEqualTo(1);
            assertThat(list.err()).contains("belongs to another installation");
            assertThat(ours.schedules("list", "--json").json().get("schedules")).isEmpty();
            Called unchanged = theirs.schedules("apply", "--json");
            assertThat(unchanged.json().get("changes")).isEmpty();
        }
    }

    @Test
    void two_installations_that_copy_to_each_other_leave_each_others_schedules_alone() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            Installation theirs = new Installation(Files.createDirectory(folder.resolve("theirs")), "customers");
            theirs.write(server.address(), "schedule: '0 4 * * *'");
            ours.write(server.address(), "schedule: '0 2 * * *'");
            ours.copyTo(theirs);
            theirs.copyTo(ours);

            assertThat(ours.changes("apply")).containsExactly("CREATE backup/orders/daily");
            assertThat(theirs.schedules("apply", "--json").json().at("/changes"))
                    .hasSize(1);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.schedules().listSchedules().count() == 2);
            assertThat(ours.changes("apply")).isEmpty();
            assertThat(ours.schedules("list").out())
                    .contains("of another installation, and left alone: backup/customers/daily");
        }
    }
}
