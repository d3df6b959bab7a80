package dev.lifeboat.configuration;

import static dev.lifeboat.configuration.Written.MAIN;
import static dev.lifeboat.configuration.Written.SIMPLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.NotifySettings.Route;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifySettingsTest {

    @TempDir
    private Path folder;

    @Test
    void nobody_is_told_unless_it_is_written() {
        NotifySettings nothing = Written.load(folder, MAIN + SIMPLE).notifications();

        assertThat(nothing.channels()).isEmpty();
        assertThat(nothing.route(1)).isEqualTo(new Route(List.of(), List.of()));
        assertThat(nothing.success()).isEmpty();
        assertThat(nothing.link()).isEmpty();
    }

    @Test
    void every_kind_of_channel_is_read() {
        NotifySettings all = Settings.load(Path.of(System.getProperty("lifeboat.root"), "lifeboat.example.yml"))
                .notifications();

        assertThat(all.channels().values())
                .extracting(it -> it.getClass().getSimpleName() + " " + it.name())
                .containsExactly("Slack ops", "Discord team", "PagerDuty pager", "Webhook hook", "Email mail");
        assertThat(all.channels().get("pager"))
                .isInstanceOfSatisfying(
                        ChannelSettings.PagerDuty.class,
                        it -> assertThat(it.address())
                                .isEqualTo(URI.create("https://events.pagerduty.com/v2/enqueue")));
        assertThat(all.channels().get("mail")).isInstanceOfSatisfying(ChannelSettings.Email.class, it -> {
            assertThat(it.host()).isEqualTo("smtp.example.com");
            assertThat(it.port()).isEqualTo(587);
            assertThat(it.security()).isEqualTo(MailSettings.Security.STARTTLS);
            assertThat(it.mail().to()).containsExactly("oncall@example.com");
        });
        assertThat(all.route(1)).isEqualTo(new Route(List.of("pager", "ops"), List.of("mail")));
    }

    @Test
    void a_severity_without_a_route_is_told_as_the_next_less_urgent_one() {
        NotifySettings some = Written.load(
                        folder,
                        MAIN + SIMPLE
                                + "notify: { channels: { a: { slack: env:X }, b: { slack: env:Y } }, routes: { p2: { tell: [a] }, p3: { tell: [b] } } }")
                .notifications();

        assertThat(some.route(1).tell()).containsExactly("a");
        assertThat(some.route(2).tell()).containsExactly("a");
        assertThat(some.route(3).tell()).containsExactly("b");
        assertThat(some.route(4).tell()).isEmpty();
    }

    @Test
    void mail_on_port_465_is_tls_from_the_first_byte() {
        NotifySettings mail = Written.load(
                        folder,
                        MAIN + SIMPLE
                                + "notify: { channels: { m: { email: { server: \"s:465\", from: a@b, to: [c@d] }, certificate-authority: ca.pem } } }")
                .notifications();

        assertThat(mail.channels().get("m")).isInstanceOfSatisfying(ChannelSettings.Email.class, it -> {
            assertThat(it.security()).isEqualTo(MailSettings.Security.TLS);
            assertThat(it.authority()).contains(folder.resolve("ca.pem"));
        });
    }
}
