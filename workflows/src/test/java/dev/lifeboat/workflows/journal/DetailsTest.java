package dev.lifeboat.workflows.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class DetailsTest {

    private static final Entry ENTRY =
            new Entry("Load the policy", Entry.Status.WAITING, Instant.EPOCH, "é".repeat(2_000));

    @Test
    void show_the_last_thirty_lines_and_fit_the_panel() {
        String details = Details.of(Collections.nCopies(100, ENTRY));

        assertThat(details.lines()).hasSize(30).first().isEqualTo("- … and 71 earlier steps");
        assertThat(details.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
        assertThat(details.lines().toList().getLast()).startsWith("- **waiting** Load the policy: é");
        assertThat(Details.of(Collections.nCopies(30, ENTRY)).lines()).hasSize(30);
    }
}
