package dev.lifeboat.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.activities.notification.Probes.Probe;
import dev.lifeboat.workflows.model.RunName;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesTest {

    private static final RunName RUN = new RunName("check-setup-20261121T020000Z-k3x9");

    @TempDir
    private Path folder;

    private final TestReceiver receiver = TestReceiver.start();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void looking_disturbs_nobody_and_finds_what_is_wrong() {
        assertThat(probes().look())
                .extracting(Probe::channel, Probe::works)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ops", true),
                        org.assertj.core.groups.Tuple.tuple("pager", true),
                        org.assertj.core.groups.Tuple.tuple("hook", false),
                        org.assertj.core.groups.Tuple.tuple("mail", false));
        assertThat(receiver.requests).isEmpty();
    }

    @Test
    void a_test_message_says_so_and_closes_the_page_that_it_opens() {
        assertThat(probes().send(RUN))
                .filteredOn(Probe::works)
                .extracting(Probe::channel)
                .containsExactly("ops", "pager");
        assertThat(receiver.requests)
                .extracting(it -> it.json().path("event_action").asText("text"))
                .containsExactlyInAnyOrder("text", "trigger", "resolve");
        assertThat(receiver.requests).anyMatch(it -> it.body().contains("somebody asked for a test message"));
    }

    private Probes probes() {
        return new Probes(Told.settings(folder, """
                channels:
                  ops: { slack: "%s" }
                  pager: { pagerduty: "%s", address: "%s" }
                  hook: { webhook: "file:%s" }
                  mail: { email: { server: "127.0.0.1:1", from: a@example.com, to: [b@example.com] } }""".formatted(
                        Told.secret(folder, "ops", receiver.address()),
                        Told.secret(folder, "key", "k"),
                        receiver.address(),
                        folder.resolve("missing"))));
    }
}
