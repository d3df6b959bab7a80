package dev.lifeboat.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.model.News;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one pager gets from several installations. */
class AlarmKeysTest {

    private static final String AGE = "recipients: [age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq]";
    private static final String HERE = "file:/srv/backups";

    @TempDir
    private Path folder;

    private final TestReceiver pager = TestReceiver.start();
    private final TestReceiver own = TestReceiver.start();

    @AfterEach
    void close() {
        pager.close();
        own.close();
    }

    @Test
    void an_installation_closes_no_page_of_another_one_with_the_same_key() throws IOException {
        notification("s3://orders-production", ", region: eu-central-1")
                .tellWithoutIncident(Told.notice(News.WELL, "made"));
        notification("s3://orders-staging", ", region: eu-central-1")
                .tellWithoutIncident(Told.notice(News.WELL, "made"));

        assertThat(pager.requests)
                .extracting(it -> it.json().get("dedup_key").textValue())
                .doesNotHaveDuplicates()
                .allSatisfy(it -> assertThat(it).startsWith("backup/orders@"));
        assertThat(own.requests)
                .extracting(it -> it.json().get("key").textValue())
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(pager.requests.stream()
                        .map(it -> it.json().get("dedup_key").textValue())
                        .toList());
        assertThat(own.requests)
                .as("people read what they always read")
                .extracting(it -> it.json().get("about").textValue())
                .containsOnly("backup/orders");
    }

    @Test
    void the_same_is_said_under_every_temporal_and_whatever_else_is_changed() throws IOException {
        String usual = settings(HERE, "");
        String alone = settings(HERE, "").replace("databases:", "temporal: { namespace: private }\ndatabases:");
        String more = settings(HERE, "")
                .replace("repositories:\n", "repositories:\n  new: { url: 'file:/n', %s }\n".formatted(AGE));

        assertThat(key(alone)).isEqualTo(key(usual));
        assertThat(key(more)).isEqualTo(key(usual));
    }

    @Test
    void places_that_are_called_the_same_are_told_apart_by_host_or_endpoint() throws IOException {
        assertThat(key(settings(HERE, ", host: one"))).isNotEqualTo(key(settings(HERE, ", host: two")));
        assertThat(key(settings("s3://orders", ", endpoint: 'https://one.example.com'")))
                .isNotEqualTo(key(settings("s3://orders", ", endpoint: 'https://two.example.com'")));
    }

    @Test
    void what_is_about_no_database_belongs_to_the_first_repository() throws IOException {
        AlarmKeys keys = AlarmKeys.of(Settings.load(written(settings(HERE, ""))));

        assertThat(keys.key("check/setup")).isEqualTo("check/setup@" + keys.otherwise());
        assertThat(keys.key("copy/orders/offsite"))
                .isEqualTo("copy/orders/offsite@" + keys.ofDatabases().get("orders"));
    }

    private String key(String settings) throws IOException {
        return AlarmKeys.of(Settings.load(written(settings))).key("backup/orders");
    }

    private SignalledNotificationActivities notification(String url, String more) throws IOException {
        return new SignalledNotificationActivities(Settings.load(written(settings(url, more)
                + """
                notify:
                  channels:
                    pager: { pagerduty: "%s", address: "%s" }
                    own: { webhook: "%s" }
                """.formatted(
                                Told.secret(folder, "key", "R0utingKey"),
                                pager.address(),
                                Told.secret(folder, "own", own.address())))));
    }

    private Path written(String settings) throws IOException {
        return Files.writeString(folder.resolve("lifeboat.yml"), settings);
    }

    private static String settings(String url, String more) {
        return """
                repositories:
                  main: { url: "%s", %s%s }
                databases:
                  orders: { url: "postgresql://lifeboat@localhost/orders", backup: { to: [main] } }
                """.formatted(url, AGE, more);
    }
}
