package dev.lifeboat.starter.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lifeboat.configuration.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WantedScheduleTest {

    @TempDir
    Path folder;

    @Test
    void backups_are_verified_half_an_hour_later_on_a_schedule_of_its_own() throws IOException {
        List<WantedSchedule> wanted = wanted("backup: { schedule: '0 2 * * *', zone: Europe/Berlin, jitter: 5m }");

        assertThat(wanted)
                .extracting(WantedSchedule::name)
                .containsExactly("backup/orders/daily", "verify/orders/daily");
        assertThat(wanted.getLast().timetable().cron()).hasToString("30 2 * * *");
        assertThat(wanted.getLast().timetable().zone()).hasToString("Europe/Berlin");
        assertThat(wanted.getLast().catchUp()).isBetween(Duration.ofHours(20), Duration.ofHours(22));
        assertThat(wanted).extracting(WantedSchedule::jitter).containsExactly(Duration.ofMinutes(5), Duration.ZERO);
    }

    @Test
    void each_rhythm_is_a_schedule_that_asks_for_its_own_kind_at_its_own_times() throws IOException {
        List<WantedSchedule> wanted = wanted(
                "backup: { schedule: { hourly: '0 * * * *', weekly: '0 3 * * SUN' } }, verification: { schedule: off }");

        assertThat(wanted)
                .extracting(
                        WantedSchedule::name,
                        it -> it.request().rhythm().value(),
                        it -> it.timetable().cron().toString())
                .containsExactly(
                        tuple("backup/orders/hourly", "hourly", "0 * * * *"),
                        tuple("backup/orders/weekly", "weekly", "0 3 * * SUN"));
        assertThat(wanted.getFirst().catchUp()).isLessThan(Duration.ofHours(1));
        assertThat(wanted.getLast().catchUp()).isGreaterThan(Duration.ofDays(5));
    }

    @Test
    void what_is_not_backed_up_on_a_schedule_is_not_verified_on_one_unless_somebody_says_so() throws IOException {
        assertThat(wanted("backup: { to: [main] }")).isEmpty();
        assertThat(wanted("verification: { schedule: '0 6 * * *' }")).hasSize(1);
        assertThat(wanted("backup: { schedule: '0 2 * * *' }, verification: { schedule: off }"))
                .hasSize(1);
    }

    private List<WantedSchedule> wanted(String keys) throws IOException {
        return WantedSchedule.of(Settings.load(Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main: { url: "file:store", recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }
                databases:
                  orders: { url: "postgresql://me@127.0.0.1/orders", %s }
                """.formatted(keys))));
    }
}
