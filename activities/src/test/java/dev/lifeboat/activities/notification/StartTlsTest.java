package dev.lifeboat.activities.notification;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.repository.store.TestCertificate;
import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import dev.lifeboat.workflows.model.Severity;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;

/** Mail to a real server in this JVM that speaks plainly at first, and takes no mail before it speaks TLS. */
class StartTlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private Optional<SMTPServer> server = Optional.empty();
    private Path authority = Path.of("");

    @BeforeEach
    void start() throws Exception {
        authority = TestCertificate.make(folder).certificate();
        SMTPServer it = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .startTlsSocketFactory(tls(folder.resolve("certificate.p12")))
                .requireTLS()
                .messageHandler((context, from, to, data) -> received.add(to + "\n" + text(data)))
                .build();
        it.start();
        server = Optional.of(it);
    }

    @AfterEach
    void stop() {
        server.ifPresent(SMTPServer::stop);
    }

    @Test
    void arrives_over_tls() throws Exception {
        email(", certificate-authority: \"%s\"".formatted(authority))
                .tell(Message.of(
                        Told.telling(Kind.BEGAN, Severity.P1),
                        new Message.Place(Optional.empty(), "default", Told.HOMES)));

        assertThat(received)
                .singleElement()
                .asString()
                .startsWith("ann@example.com")
                .contains("Subject: P1 backup/orders is in trouble and tries again");
    }

    @Test
    void is_not_sent_to_a_server_whose_certificate_is_not_trusted() {
        Message message = Message.of(
                Told.telling(Kind.BEGAN, Severity.P1), new Message.Place(Optional.empty(), "default", Told.HOMES));

        assertThatThrownBy(() -> email("").tell(message))
                .isInstanceOfSatisfying(
                        NotTold.class,
                        it -> assertThat(it.problem()).contains("the certificate of its server is not trusted"));
        assertThat(received).isEmpty();
    }

    private Channel email(String trust) {
        return Channel.of(requireNonNull(
                Told.settings(folder, """
                channels:
                  it: { email: { server: "127.0.0.1:%d", security: starttls, from: lifeboat@example.com, to: [ann@example.com] }%s }""".formatted(server.orElseThrow().getPortAllocated(), trust))
                        .notifications()
                        .channels()
                        .get("it")));
    }

    private static SSLContext tls(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static String text(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }
}
