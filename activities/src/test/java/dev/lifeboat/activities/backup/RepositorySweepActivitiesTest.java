package dev.lifeboat.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.workflows.activity.BackupOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositorySweepActivitiesTest {

    @TempDir
    Path folder;

    @Test
    void what_a_killed_process_was_writing_of_its_report_is_swept_after_a_grace() throws IOException {
        TestTools setup = new TestTools(folder);
        setup.open();
        BackupOrder order = TestTools.order("aaaa");
        String month = YearMonth.from(Instant.now().minus(Duration.ofDays(8)).atOffset(ZoneOffset.UTC))
                .toString();
        Key reports = Layout.reports().child(month.substring(0, 4)).child(month.substring(5));
        Path old = leftover(setup, reports.child("some-run"), Duration.ofHours(2));
        Path fresh = leftover(setup, reports.child("other-run"), Duration.ofMinutes(50));

        new RepositorySweepActivities(setup.tools().repositories()).sweepLosers(order);

        assertThat(old).doesNotExist();
        assertThat(fresh).as("somebody may still be writing it").exists();
    }

    @Test
    void claims_of_three_months_ago_are_swept_and_younger_ones_stay() throws IOException {
        TestTools setup = new TestTools(folder);
        setup.open();
        for (int number = 1; number <= 105; number++) {
            Key key = Layout.claim("orders", Integer.toString(number));
            setup.open().store().create(key, "{}".getBytes(StandardCharsets.UTF_8));
            Files.setLastModifiedTime(
                    setup.repositoryFolder().resolve(key.value()),
                    FileTime.from(Instant.now().minus(Duration.ofDays(number < 4 ? 91 : 89))));
        }

        new RepositorySweepActivities(setup.tools().repositories()).sweepLosers(TestTools.order("aaaa"));

        assertThat(setup.open().store().list(Layout.claims("orders"))).hasSize(102);
    }

    private static Path leftover(TestTools setup, Key key, Duration age) throws IOException {
        Path place = setup.repositoryFolder().resolve(key.value());
        Files.createDirectories(place);
        Path file = Files.writeString(place.resolve(".upload-x"), "half a repo");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }
}
