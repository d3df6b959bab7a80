package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real worker says of itself and of its backups, on a real server. */
@Tag("slow")
@Timeout(600)
class ScrapeTest {

    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final Pattern ADDRESS = Pattern.compile("answering at (http://[^/]+)/metrics");
    private static final Pattern FAMILY = Pattern.compile("^# TYPE (lifeboat_\\w+) ", Pattern.MULTILINE);
    private static final Pattern ROW = Pattern.compile("^\\| `(lifeboat_\\w+)` \\|(.*)$", Pattern.MULTILINE);
    private static final String LAST_SUCCESS = "lifeboat_backup_last_success_timestamp_seconds{";

    @Test
    void a_worker_says_what_the_page_lists_and_says_the_same_after_its_death() throws Exception {
        try (Shop shop = Shop.open(100)) {
            shop.configure("file:%s\", host: test".formatted(shop.far()), """
                      daily:
                        url: "postgresql://%s@127.0.0.1:%d/orders"
                        password: "file:%s"
                        backup: { to: [main], schedule: "0 2 * * *" }
                    """.formatted(
                            Shop.USER, shop.postgres().port(), shop.passwordFile()));
            shop.worker("--http=127.0.0.1:0").awaitReady();
            shop.awaitEnd(shop.backUp(), Duration.ofMinutes(2));
            shop.awaitEnd(shop.backUp(), Duration.ofMinutes(2));

            // What the worker read at its start is a minute old at most.
            String before = awaitScrape(shop, "lifeboat_backup_runs_in_31_days{", "outcome=\"COMMITTED\"} 2.0");

            assertThat(found(FAMILY, before)).isEqualTo(expected(before));
            assertThat(ask(shop, "/ready").statusCode()).isEqualTo(200);
            assertThat(before).contains("temporal_request_total").contains("lifeboat_temporal_reachable 1.0");

            shop.stopWorkers();
            shop.worker("--http=127.0.0.1:0").awaitReady();
            String after = awaitScrape(shop, LAST_SUCCESS, "");

            assertThat(lines(after, LAST_SUCCESS)).isEqualTo(lines(before, LAST_SUCCESS));
            assertThat(lines(after, "lifeboat_backup_runs_in_31_days"))
                    .isEqualTo(lines(before, "lifeboat_backup_runs_in_31_days"));

            shop.temporal().kill();
            HttpResponse<String> ready = ask(shop, "/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).startsWith("Temporal does not answer");
            assertThat(ask(shop, "/health").statusCode()).isEqualTo(200);
            assertThat(lines(ask(shop, "/metrics").body(), LAST_SUCCESS)).isEqualTo(lines(before, LAST_SUCCESS));
        }
    }

    /** The families of the page, but for those that it calls absent and that are. */
    private static Set<String> expected(String scrape) throws IOException {
        Set<String> said = found(FAMILY, scrape);
        Set<String> expected = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/metrics.md")));
        while (row.find()) {
            if (!row.group(2).contains("absent") || said.contains(row.group(1))) {
                expected.add(row.group(1));
            }
        }
        return expected;
    }

    private static String awaitScrape(Shop shop, String line, String end) {
        return await("figures")
                .atMost(Duration.ofMinutes(3))
                .until(
                        () -> ask(shop, "/metrics").body(),
                        scrape -> lines(scrape, line).stream().anyMatch(it -> it.endsWith(end))
                                && scrape.contains("lifeboat_runs_waiting"));
    }

    private static HttpResponse<String> ask(Shop shop, String path) throws IOException, InterruptedException {
        Matcher address = ADDRESS.matcher(String.join("\n", TestFolders.lines(shop.log())));
        String last =
                address.results().reduce((one, other) -> other).orElseThrow().group(1);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(last + path))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> lines(String scrape, String start) {
        return scrape.lines().filter(it -> it.startsWith(start)).toList();
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(it -> it.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}
