package dev.lifeboat.activities.notification;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.lifeboat.repository.store.TestCertificate;
import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.Severity;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail, on a real server in this JVM. */
class EmailTest {

    private static final String STORE = "greenmail.tls.keystore.file";
    private static final String STORE_PASSWORD = "greenmail.tls.keystore.password";
    private static final Message.Place NOWHERE = new Message.Place(Optional.empty(), "default", Told.HOMES);

    @TempDir
    private Path folder;

    @TempDir
    private static Path certificates;

    private static Path authority = Path.of("");

    // Once: the server reads its certificate the first time only.
    @BeforeAll
    static void certificate() throws Exception {
        authority = TestCertificate.make(certificates).certificate();
        System.setProperty(STORE, certificates.resolve("certificate.p12").toString());
        System.setProperty(STORE_PASSWORD, "changeit");
    }

    @AfterAll
    static void forget() {
        System.clearProperty(STORE);
        System.clearProperty(STORE_PASSWORD);
    }

    @Test
    void arrives_with_subject_text_and_an_id_of_its_own() throws Exception {
        // A mail says its time in seconds.
        Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        GreenMail server = start("smtps");
        try {
            server.setUser("lifeboat", "s3cret-password");
            email(
                            server,
                            "tls",
                            "user: lifeboat, password: \"%s\",".formatted(Told.secret(folder, "pw", "s3cret-password")))
                    .tell(Message.of(Told.telling(Kind.BEGAN, Severity.P1), NOWHERE));

            MimeMessage mail = server.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("P1 backup/orders is in trouble and tries again");
            assertThat(mail.getAllRecipients())
                    .extracting(Object::toString)
                    .containsExactly("ann@example.com", "bob@example.com");
            assertThat(mail.getMessageID()).isEqualTo("<incident-backup.orders-20261121T020000Z-abcd-1@lifeboat>");
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(mail.getSentDate().toInstant()).isBetween(begun, Instant.now());
            assertThat(mail.getContent().toString()).contains("What is safe: earlier backups stand");
        } finally {
            server.stop();
        }
    }

    @Test
    void no_text_becomes_a_header_or_a_second_recipient() throws Exception {
        GreenMail server = start("smtps");
        try {
            Notice nasty = new Notice(
                    Told.RUN,
                    "backup/orders",
                    News.TROUBLE,
                    Severity.P2,
                    "Dump\r\nBcc: mallory@example.com",
                    "x\r\n.\r\nMAIL FROM:<mallory@example.com>\r\n\r\n",
                    "\r\nX-Planted: yes",
                    "ü\nnothing");
            Telling telling = new Telling(
                    "1\r\nX-Planted: yes", Kind.BEGAN, Severity.P2, nasty, Told.SINCE, List.of(), List.of(), false);
            email(server, "tls", "").tell(Message.of(telling, NOWHERE));

            assertThat(server.getReceivedMessages()).hasSize(2); // one for each of the two
            String headers = GreenMailUtil.getHeaders(server.getReceivedMessages()[0]);
            assertThat(headers.lines())
                    .isNotEmpty()
                    .noneMatch(it -> it.startsWith("X-Planted") || it.startsWith("Bcc"));
            assertThat(server.getReceivedMessages()[0].getAllRecipients()).hasSize(2);
        } finally {
            server.stop();
        }
    }

    @Test
    void nothing_is_sent_to_a_server_whose_certificate_is_not_trusted() {
        GreenMail server = start("smtps");
        try {
            assertThat(problem(channel(server, "127.0.0.1", "tls", "", "")))
                    .contains("the certificate of its server is not trusted");
            assertThat(problem(channel(server, "localhost", "tls", "", trust())))
                    .as("trusted, but another's")
                    .contains("or is another's");
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void nothing_is_sent_to_a_server_that_cannot_do_starttls() {
        GreenMail server = start("smtp");
        try {
            assertThat(problem(email(server, "starttls", ""))).contains("with TLS");
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void a_wrong_password_is_said_and_not_shown() {
        GreenMail server = start("smtps");
        try {
            server.setUser("lifeboat", "right");
            String said = problem(email(
                    server,
                    "tls",
                    "user: lifeboat, password: \"%s\",".formatted(Told.secret(folder, "pw", "wr0ng-password"))));
            assertThat(said).contains("refuses the user or the password").doesNotContain("wr0ng");
        } finally {
            server.stop();
        }
    }

    private static GreenMail start(String protocol) {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
        // Its own two seconds are short on a busy machine.
        setup.setServerStartupTimeout(60_000);
        GreenMail server = new GreenMail(setup);
        server.start();
        return server;
    }

    private Channel email(GreenMail server, String security, String login) {
        return channel(server, "127.0.0.1", security, login, trust());
    }

    private static String trust() {
        return ", certificate-authority: \"%s\"".formatted(authority);
    }

    private Channel channel(GreenMail server, String host, String security, String login, String trust) {
        int port = (security.equals("tls") ? server.getSmtps() : server.getSmtp()).getPort();
        return Channel.of(requireNonNull(Told.settings(folder, """
                channels:
                  it: { email: { server: "%s:%d", security: %s, %s from: lifeboat@example.com, to: [ann@example.com, bob@example.com] }%s }""".formatted(host, port, security, login, trust))
                .notifications()
                .channels()
                .get("it")));
    }

    private static String problem(Channel channel) {
        try {
            channel.tell(Message.of(Told.telling(Kind.BEGAN, Severity.P2), NOWHERE));
            return "told";
        } catch (NotTold e) {
            return e.problem();
        }
    }
}
