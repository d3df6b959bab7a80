package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test's files differ from the shipped ones in what they should, and in nothing else. */
class QuickAlarmsTest {

    private static final Path SHIPPED = Path.of(System.getProperty("lifeboat.root"), "ops", "prometheus");
    private static final Map<String, String> ADDRESSES =
            Map.of("worker:9464", "here:1", "alertmanager:9093", "here:2", "/etc/lifeboat-alarms/", "/here/");
    private static final Pattern WAIT =
            Pattern.compile("^ *(for|\\w+_(?:wait|interval)): \\d+[smh]$", Pattern.MULTILINE);

    private static final Pattern MINUTES_BACK = Pattern.compile("\\[\\d+m]");

    @TempDir
    private Path folder;

    @Test
    void every_wait_and_every_address_is_another_one() throws IOException {
        Map<String, Integer> expected = new TreeMap<>();
        for (String file : QuickAlarms.FILES) {
            String text = Files.readString(SHIPPED.resolve(file)).replaceAll("(?m)^ *#.*$", "");
            WAIT.matcher(text).results().forEach(it -> expected.merge(it.group(1), 1, Integer::sum));
            MINUTES_BACK.matcher(text).results().forEach(it -> expected.merge("minutes back", 1, Integer::sum));
            for (String address : ADDRESSES.keySet()) {
                expected.merge(address, text.split(Pattern.quote(address), -1).length - 1, Integer::sum);
            }
        }

        assertThat(QuickAlarms.write(folder, ADDRESSES)).isEqualTo(expected);
        assertThat(expected.keySet())
                .contains("minutes back")
                .containsAll(Set.of("scrape_interval", "evaluation_interval", "for", "group_wait", "repeat_interval"))
                .containsAll(ADDRESSES.keySet());
        assertThat(expected.values()).doesNotContain(0);
    }

    @Test
    void a_minute_becomes_three_seconds() throws IOException {
        QuickAlarms.write(folder, ADDRESSES);

        assertThat(Files.readString(folder.resolve("prometheus.yml")))
                .contains("scrape_interval: \"1500ms\"", "\"here:1\"", "\"here:2\"")
                .contains("job_name: \"lifeboat\"");
        assertThat(Files.readString(folder.resolve("alertmanager.yml"))).contains("group_interval: \"3000ms\"");
    }
}
