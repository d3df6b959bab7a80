package dev.lifeboat.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lifeboat.repository.store.TestCertificate;
import dev.lifeboat.workflows.activity.DeliveryActivities.Delivered;
import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import dev.lifeboat.workflows.model.Severity;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who is told when some cannot be, on real receivers. */
class RoutedDeliveryActivitiesTest {

    @TempDir
    private Path folder;

    private final TestReceiver first = TestReceiver.start();
    private final TestReceiver second = TestReceiver.start();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("notification");

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        first.close();
        second.close();
    }

    @Test
    void all_of_a_route_are_told_and_the_others_are_not() {
        Delivered delivered = delivery("[one]", "[two]").deliver(Told.telling(Kind.BEGAN, Severity.P2));

        assertThat(delivered.told()).containsExactly("one");
        assertThat(delivered.failed()).isEmpty();
        assertThat(first.requests).hasSize(1);
        assertThat(second.requests).isEmpty();
    }

    @Test
    void when_one_answers_500_the_others_are_told_within_a_minute() {
        first.answering(500);
        Instant began = Instant.now();
        Delivered delivered = delivery("[one]", "[two]").deliver(Told.telling(Kind.BEGAN, Severity.P2));

        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMinutes(1));
        assertThat(delivered.told()).containsExactly("two");
        assertThat(delivered.unclear()).isEmpty();
        assertThat(delivered.failed()).containsExactly("'one': it answered 500");
        assertThat(first.requests).hasSize(2);
        assertThat(second.requests).hasSize(1);
    }

    @Test
    @Tag("slow")
    void when_one_hangs_the_others_are_told_within_a_minute_and_it_may_have_got_it() {
        first.hanging();
        Instant began = Instant.now();
        Delivered delivered = delivery("[one]", "[two]").deliver(Told.telling(Kind.BEGAN, Severity.P2));

        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMinutes(1));
        assertThat(delivered.told()).containsExactly("two");
        assertThat(delivered.unclear()).containsExactly("one");
    }

    @Test
    void that_nobody_could_be_told_is_said_and_shows_no_address() {
        first.answering(404);
        second.close();
        Delivered delivered = delivery("[one]", "[two]").deliver(Told.telling(Kind.BEGAN, Severity.P1));

        assertThat(delivered.told()).isEmpty();
        assertThat(delivered.failed())
                .containsExactly("'one': it answered 404", "'two': its host refuses the connection");
        assertThat(log.list).anyMatch(it -> it.getFormattedMessage().contains("nobody could be told"));
        saysNoSecret(delivered);
    }

    @Test
    void a_redirect_is_not_followed_not_even_to_ourselves() {
        for (String elsewhere : new String[] {"http://169.254.169.254/latest/meta-data/", second.address()}) {
            first.sendingTo(elsewhere);
            Delivered delivered = delivery("[one]", "[]").deliver(Told.telling(Kind.BEGAN, Severity.P2));

            assertThat(delivered.told()).isEmpty();
            assertThat(delivered.failed())
                    .containsExactly("'one': it answered 307: it wants us to go elsewhere, which we do not");
            saysNoSecret(delivered);
        }
        assertThat(second.requests).isEmpty();
    }

    @Test
    void what_is_no_safe_address_is_not_used_and_not_shown() {
        for (String bad : new String[] {
            "http://hooks.example.com/" + TestReceiver.TOKEN,
            "no address " + TestReceiver.TOKEN,
            "file:///etc/" + TestReceiver.TOKEN,
            "https:" + TestReceiver.TOKEN
        }) {
            RoutedDeliveryActivities delivery =
                    new RoutedDeliveryActivities(Told.settings(folder, """
                    channels: { one: { slack: "%s" } }
                    routes: { p2: { tell: [one] } }""".formatted(Told.secret(folder, "one", bad))));
            Delivered delivered = delivery.deliver(Told.telling(Kind.BEGAN, Severity.P2));

            assertThat(delivered.told()).isEmpty();
            assertThat(delivered.failed()).singleElement().asString().contains("address");
            saysNoSecret(delivered);
        }
    }

    @Test
    void a_secret_that_is_missing_is_named_by_where_it_should_be() {
        RoutedDeliveryActivities delivery =
                new RoutedDeliveryActivities(Told.settings(folder, """
                channels: { one: { slack: "file:%s" } }
                routes: { p2: { tell: [one] } }""".formatted(folder.resolve("missing"))));

        assertThat(delivery.deliver(Told.telling(Kind.BEGAN, Severity.P2)).failed())
                .singleElement()
                .asString()
                .contains("notify.channels.one.slack");
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused_and_one_of_our_authority_is_taken() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder);
        try (TestReceiver safe = TestReceiver.startWithTls(context(folder.resolve("certificate.p12")))) {
            String channel = "channels: { one: { slack: \"%s\"%s } }\nroutes: { p2: { tell: [one] } }";
            String address = Told.secret(folder, "one", safe.address());
            Delivered mistrusted = new RoutedDeliveryActivities(Told.settings(folder, channel.formatted(address, "")))
                    .deliver(Told.telling(Kind.BEGAN, Severity.P2));
            assertThat(mistrusted.failed()).singleElement().asString().contains("its certificate is not trusted");
            assertThat(safe.requests).isEmpty();

            String ours = ", certificate-authority: \"%s\"".formatted(certificate.certificate());
            Delivered trusted = new RoutedDeliveryActivities(Told.settings(folder, channel.formatted(address, ours)))
                    .deliver(Told.telling(Kind.BEGAN, Severity.P2));
            assertThat(trusted.told()).containsExactly("one");
            assertThat(safe.requests).hasSize(1);
        }
    }

    @Test
    void that_it_is_over_is_told_to_those_who_were_told_and_to_those_who_hear_of_success() {
        RoutedDeliveryActivities delivery = delivery("[one]", "[]");
        Delivered delivered = delivery.deliver(Told.telling(Kind.OVER, Severity.P2, "two"));

        assertThat(delivered.told()).containsExactly("two", "one");
        assertThat(second.requests.getFirst().body()).contains("backup/orders is well again");
        assertThat(delivery.deliver(Told.telling(Kind.OVER, Severity.P2, "gone"))
                        .failed())
                .containsExactly("'gone': lifeboat.yml has no such channel any more");
    }

    @Test
    void nothing_is_tried_where_nobody_is_named() {
        Delivered delivered = new RoutedDeliveryActivities(Told.settings(folder, "success: []"))
                .deliver(Told.telling(Kind.BEGAN, Severity.P2));

        assertThat(delivered.told()).isEmpty();
        assertThat(delivered.failed()).isEmpty();
        assertThat(log.list).anyMatch(it -> it.getFormattedMessage().contains("names nobody who is to be told"));
    }

    private RoutedDeliveryActivities delivery(String tell, String otherwise) {
        return new RoutedDeliveryActivities(Told.settings(folder, """
                channels:
                  one: { slack: "%s" }
                  two: { discord: "%s" }
                routes: { p2: { tell: %s, otherwise: %s } }
                success: [one]""".formatted(
                        Told.secret(folder, "one", first.address()),
                        Told.secret(folder, "two", second.address()),
                        tell,
                        otherwise)));
    }

    private void saysNoSecret(Delivered delivered) {
        assertThat(delivered.toString()).doesNotContain(TestReceiver.TOKEN);
        assertThat(log.list)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.getFormattedMessage()).doesNotContain(TestReceiver.TOKEN));
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
