package dev.lifeboat.activities.notification;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import dev.lifeboat.workflows.model.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of channel is sent, by what it gets. */
class ChannelsTest {

    private static final String NASTY =
            "table \"<!everyone> <@U1> @here @channel @everyone\" & <b>\r\nBcc: x@y\u202e\u0007 \ud83d\udea2 "
                    + "x".repeat(3_000);

    @TempDir
    private Path folder;

    private final TestReceiver receiver = TestReceiver.start();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void slack_calls_nobody_and_shows_what_was_meant() throws NotTold {
        channel("slack: \"%s\"").tell(message(Kind.BEGAN, NASTY));

        JsonNode body = receiver.requests.getFirst().json();
        String text = body.get("text").textValue();
        assertThat(text)
                .startsWith("P2 backup/orders is in trouble and tries again\nWhat happened: table \"&lt;!everyone&gt;")
                .contains("&amp; &lt;b&gt; Bcc: x@\u200by \ud83d\udea2 xxx")
                .doesNotContain("<", "@here", "@channel", "@everyone", "\r", "\u202e", "\u0007");
        assertThat(body.get("mrkdwn").booleanValue()).isFalse();
        assertThat(text.length()).isLessThan(3_000);
    }

    @Test
    void discord_calls_nobody_and_is_short() throws NotTold {
        channel("discord: \"%s\"").tell(message(Kind.BEGAN, NASTY));

        JsonNode body = receiver.requests.getFirst().json();
        assertThat(body.at("/allowed_mentions/parse").isArray()).isTrue();
        assertThat(body.at("/allowed_mentions/parse")).isEmpty();
        assertThat(body.get("content").textValue())
                .hasSizeLessThanOrEqualTo(2_000)
                .doesNotContain("@everyone");
    }

    @Test
    void discord_shows_no_link_that_data_made() throws NotTold {
        channel("discord: \"%s\"").tell(message(Kind.BEGAN, "see [the report](https://evil.example.com)"));

        assertThat(receiver.requests.getFirst().json().get("content").textValue())
                .contains("\\[the report](https://evil.example.com)");
    }

    @Test
    void pagerduty_gets_one_alert_and_its_end() throws NotTold {
        Channel pager = pager();
        pager.tell(message(Kind.BEGAN, "the server does not answer"));
        pager.tell(message(Kind.REMINDER, "the server does not answer"));
        pager.tell(message(Kind.OVER, "backup 'x' is made"));

        JsonNode trigger = receiver.requests.get(0).json();
        assertThat(trigger.get("routing_key").textValue()).isEqualTo("R0utingKey");
        assertThat(trigger.get("event_action").textValue()).isEqualTo("trigger");
        assertThat(trigger.at("/payload/severity").textValue()).isEqualTo("error");
        assertThat(trigger.at("/payload/summary").textValue())
                .isEqualTo("P2 backup/orders is in trouble and tries again: the server does not answer");
        assertThat(trigger.at("/links/0/href").textValue())
                .isEqualTo("https://ui.example/namespaces/default/workflows/backup%2Forders");
        assertThat(receiver.requests.get(1).json().get("event_action").textValue())
                .isEqualTo("trigger");
        assertThat(receiver.requests.get(2).json().get("event_action").textValue())
                .isEqualTo("resolve");
        assertThat(receiver.requests)
                .extracting(it -> it.json().get("dedup_key").textValue())
                .containsOnly("backup/orders@0123456789ab");
    }

    @ParameterizedTest
    @CsvSource({"P1, critical", "P2, error", "P3, warning", "P4, info"})
    void pagerduty_is_told_how_urgent_it_is_in_its_own_words(Severity severity, String theirs) throws NotTold {
        pager().tell(message(Kind.BEGAN, severity, "the server does not answer"));

        assertThat(receiver.requests.getFirst().json().at("/payload/severity").textValue())
                .isEqualTo(theirs);
    }

    @Test
    void a_page_that_may_be_open_counts_as_one_to_close() {
        receiver.answering(502);

        assertThat(problem(pager()))
                .hasValueSatisfying(it -> assertThat(it.unclear()).isTrue());
    }

    @Test
    void a_webhook_is_signed_over_its_time_and_its_body() throws Exception {
        channel("webhook: \"%s\", signing-key: \"" + Told.secret(folder, "hmac", "k3y") + "\"")
                .tell(message(Kind.FAILED, "the server does not answer"));

        TestReceiver.Request request = receiver.requests.getFirst();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("k3y".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signed =
                (request.headers().get("Lifeboat-timestamp") + "." + request.body()).getBytes(StandardCharsets.UTF_8);
        assertThat(request.headers().get("Lifeboat-signature"))
                .isEqualTo("v1=" + HexFormat.of().formatHex(mac.doFinal(signed)));
        assertThat(request.headers().get("Lifeboat-id"))
                .isEqualTo(request.json().get("id").textValue());
        assertThat(request.json().get("kind").textValue()).isEqualTo("FAILED");
        assertThat(request.json().get("severity").textValue()).isEqualTo("P2");
        assertThat(request.json().get("happened").textValue()).isEqualTo("the server does not answer");
        assertThat(request.json().get("over").booleanValue()).isFalse();
    }

    private Channel channel(String kind) {
        Settings settings = Told.settings(
                folder,
                "channels: { it: { " + kind.formatted(Told.secret(folder, "address", receiver.address())) + " } }");
        return Channel.of(requireNonNull(settings.notifications().channels().get("it")));
    }

    private Channel pager() {
        Settings settings =
                Told.settings(folder, """
                channels: { it: { pagerduty: "%s", address: "%s" } }""".formatted(Told.secret(folder, "key", "R0utingKey"), receiver.address()));
        return Channel.of(requireNonNull(settings.notifications().channels().get("it")));
    }

    private static Message message(Kind kind, String happened) {
        return message(kind, Severity.P2, happened);
    }

    private static Message message(Kind kind, Severity severity, String happened) {
        return Message.of(
                Told.saying(kind, severity, happened),
                new Message.Place(Optional.of("https://ui.example/"), "default", Told.HOMES));
    }

    private static Optional<NotTold> problem(Channel channel) {
        try {
            channel.tell(message(Kind.BEGAN, "x"));
            return Optional.empty();
        } catch (NotTold e) {
            return Optional.of(e);
        }
    }
}
