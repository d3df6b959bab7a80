package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a check says of the schedules on a real server. */
@Tag("slow")
@Timeout(180)
class ScheduleFindingsTest {

    @TempDir
    Path folder;

    private Installation ours;

    @BeforeEach
    void install() {
        ours = new Installation(folder, "orders");
    }

    @Test
    void a_check_finds_what_keeps_a_schedule_from_making_the_next_backup() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            ours.write(server.address(), "schedule: { daily: '0 2 * * *', weekly: '0 2 * * SUN' }");
            assertThat(ours.found(server))
                    .containsExactly(
                            "FAIL schedules.backup/orders/daily: Temporal does not have it, so nothing is made",
                            "FAIL schedules.backup/orders/weekly: Temporal does not have it, so nothing is made");

            ours.changes("apply");
            assertThat(ours.found(server)).containsExactly("PASS schedules: 2 of 2");

            ours.schedules("pause", "backup/orders/daily", "--reason", "moving house");
            assertThat(ours.found(server))
                    .anyMatch(
                            it -> it.matches(
                                    "FAIL schedules.backup/orders/daily: paused since 20.* by .*: moving house, so nothing is made"));
            ours.schedules("resume", "backup/orders/daily");

            ours.write(server.address(), "schedule: { daily: '0 3 * * *' }");
            assertThat(ours.found(server))
                    .containsExactlyInAnyOrder(
                            "FAIL schedules.backup/orders/daily: it differs: its times",
                            "WARN schedules.backup/orders/weekly: it is in Temporal, and not in lifeboat.yml");

            Files.delete(folder.resolve("store/repository.json"));
            assertThat(ours.found(server))
                    .hasSize(1)
                    .allMatch(it -> it.startsWith("INCONCLUSIVE schedules.backup/orders/daily: the repository"));
        }
    }

    @Test
    void a_home_that_cannot_be_read_or_whose_secret_is_not_here_hides_nothing_of_others() throws Exception {
        try (ScheduleServer server = ScheduleServer.start(folder)) {
            String stock =
                    "stock: { url: \"postgresql://me@127.0.0.1/stock\", backup: { to: [far], %s }, verification: { schedule: off } }";
            String file = "file:far\"";
            writeTwo(server, file, stock.formatted("schedule: '0 3 * * *'"));
            ours.changes("apply");
            ours.schedules("pause", "backup/orders/daily", "--reason", "moving house");
            server.schedules().getHandle("lifeboat/backup/orders/weekly").delete();

            String secret = "s3://bucket/far\", region: eu-central-1, credentials: { read: { access-key: file:gone.key,"
                    + " secret-key: file:gone.key } }";
            for (String far : List.of("file:nowhere\"", secret)) {
                writeTwo(server, far, stock.formatted("schedule: '0 3 * * *'"));

                assertThat(ours.found(server))
                        .anyMatch(it -> it.matches("FAIL schedules.backup/orders/daily: paused since .*"))
                        .anyMatch(it -> it.startsWith("FAIL schedules.backup/orders/weekly: Temporal does not have it"))
                        .anyMatch(it -> it.startsWith("INCONCLUSIVE schedules.backup/stock/daily: "));
                Called list = ours.schedules("list");
                assertThat(list.exitCode()).as(list.err()).isEqualTo(1);
                assertThat(list.out()).contains("backup/orders/daily", "backup/stock/daily");
                assertThat(list.err())
                        .contains("nobody knows whether backup/stock/daily is what lifeboat.yml says: ")
                        .contains("backup/orders/weekly is in lifeboat.yml and not in Temporal");
                assertThat(ours.schedules("apply").exitCode()).isIn(2, 5);
            }
        }
    }

    private void writeTwo(ScheduleServer server, String far, String stock) throws IOException {
        ours.write(server.address(), "to: [main], schedule: { daily: '0 2 * * *', weekly: '0 2 * * SUN' }");
        Path file = ours.file();
        Files.writeString(file, Files.readString(file).replace("temporal:", """
                          far: { url: "%s, recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }
                        temporal:""".formatted(far)) + "  " + stock + "\n");
        if (far.startsWith("file:far")) {
            Files.createDirectories(folder.resolve("far"));
            Repository.openOrCreate(
                    Stores.open(Settings.load(file).repository("far").location(), StoreRight.WRITE));
        }
    }
}
