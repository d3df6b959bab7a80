package dev.lifeboat.activities.notification;

import dev.lifeboat.configuration.ChannelSettings;
import dev.lifeboat.configuration.MailSettings;
import dev.lifeboat.configuration.SecretRef;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;

/** Mail by SMTP. Without TLS, or with a certificate that is not trusted or not the server's, nothing is sent. */
final class Email implements Channel {

    private static final String CONNECT = "5000";
    private static final String ANSWER = "8000";

    private final ChannelSettings.Email settings;

    Email(ChannelSettings.Email settings) {
        this.settings = settings;
    }

    @Override
    public void tell(Message message) throws NotTold {
        Session session = session();
        boolean connected = false;
        try (Transport transport = session.getTransport("smtp")) {
            connect(transport);
            connected = true;
            MimeMessage mail = mail(session, message);
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (MessagingException e) {
            throw inWords(e, connected);
        }
    }

    /** Greets the server and logs in, as for a mail. */
    @Override
    public String probe() throws NotTold {
        try (Transport transport = session().getTransport("smtp")) {
            connect(transport);
            return "its server takes us; lifeboat check --notify sends a mail";
        } catch (MessagingException e) {
            throw inWords(e, false);
        }
    }

    private void connect(Transport transport) throws MessagingException, NotTold {
        Optional<String> user = settings.mail().user();
        Optional<SecretRef> password = settings.mail().password();
        if (user.isPresent() && password.isPresent()) {
            transport.connect(user.get(), Web.text(password.get()));
        } else {
            transport.connect();
        }
    }

    private Session session() throws NotTold {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", settings.host());
        properties.put("mail.smtp.port", Integer.toString(settings.port()));
        properties.put("mail.smtp.connectiontimeout", CONNECT);
        properties.put("mail.smtp.timeout", ANSWER);
        properties.put("mail.smtp.writetimeout", ANSWER);
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.auth", Boolean.toString(settings.mail().user().isPresent()));
        boolean first = settings.security() == MailSettings.Security.TLS;
        properties.put("mail.smtp.ssl.enable", Boolean.toString(first));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(!first));
        properties.put("mail.smtp.starttls.required", Boolean.toString(!first));
        if (settings.authority().isPresent()) {
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    Trust.only(settings.authority().get()).getSocketFactory());
        }
        return Session.getInstance(properties);
    }

    private MimeMessage mail(Session session, Message message) throws MessagingException {
        MimeMessage mail = new Named(session, message.id());
        mail.setFrom(new InternetAddress(settings.mail().from()));
        for (String to : settings.mail().to()) {
            mail.addRecipient(RecipientType.TO, new InternetAddress(to));
        }
        mail.setSubject(message.headline(), StandardCharsets.UTF_8.name());
        mail.setText(message.text() + "\n", StandardCharsets.UTF_8.name());
        mail.setHeader("Auto-Submitted", "auto-generated");
        // Mail programs put what has a common reference into one thread.
        mail.setHeader("References", Named.id(message.about().replace('/', '.')));
        mail.setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        mail.saveChanges();
        return mail;
    }

    private static NotTold inWords(MessagingException failure, boolean connected) {
        if (failure instanceof AuthenticationFailedException) {
            return NotTold.because("its server refuses the user or the password");
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SSLException mistrust -> {
                    return NotTold.because("the certificate of its server is not trusted, or is another's");
                }
                case UnknownHostException unknown -> {
                    return NotTold.because("its server is not known");
                }
                case ConnectException refused -> {
                    return NotTold.because("its server refuses the connection");
                }
                case SocketTimeoutException late -> {
                    return connected
                            ? NotTold.perhaps("its server did not answer in time")
                            : NotTold.because("its server does not answer");
                }
                default -> {}
            }
        }
        return connected
                ? NotTold.perhaps("its server did not take the mail")
                : NotTold.because("its server cannot be talked to with TLS");
    }

    /** A mail with an id that is the same whenever the same message is sent again. */
    private static final class Named extends MimeMessage {

        private final String name;

        Named(Session session, String name) {
            super(session);
            this.name = name;
        }

        static String id(String name) {
            return "<%s@lifeboat>".formatted(name.replaceAll("[^A-Za-z0-9._-]", "_"));
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id(name));
        }
    }
}
