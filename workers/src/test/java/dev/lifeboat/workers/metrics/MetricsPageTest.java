package dev.lifeboat.workers.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about metrics, beside the families that there are. A real scrape is compared in ScrapeTest. */
class MetricsPageTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `(lifeboat_[a-z0-9_]+)` \\| (.*?) \\| (.*?) \\|$", Pattern.MULTILINE);

    @Test
    void the_page_lists_every_family_with_its_labels_and_its_meaning() throws IOException {
        Map<String, String> page = new TreeMap<>();
        Matcher row = ROW.matcher(
                Files.readString(Path.of(System.getProperty("lifeboat.root")).resolve("docs/metrics.md")));
        while (row.find()) {
            page.put(row.group(1), row.group(2) + ": " + row.group(3));
        }
        Map<String, String> families = new TreeMap<>();
        for (Family family : Family.values()) {
            List<String> labels =
                    family.labels().stream().map("`%s`"::formatted).toList();
            families.put(family.metric(), (labels.isEmpty() ? "–" : String.join(" ", labels)) + ": " + family.help());
        }
        page.remove("lifeboat_worker_info");

        assertThat(page).isEqualTo(families);
    }

    @Test
    void a_name_says_its_unit_and_none_is_a_counter() {
        assertThat(Arrays.stream(Family.values()).map(Family::metric))
                .allMatch(it -> it.matches("lifeboat_[a-z0-9_]+"))
                .noneMatch(it -> it.endsWith("_total"))
                .allMatch(it -> !it.contains("timestamp") || it.endsWith("_timestamp_seconds"))
                .noneMatch(it -> it.endsWith("_age") || it.endsWith("_duration") || it.endsWith("_free"));
    }
}
