package dev.lifeboat.activities.notification;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What there is to tell in these tests, and the configuration that says to whom. */
final class Told {

    static final RunName RUN = new RunName("backup-orders-20261121T020000Z-k3x9");
    static final Instant SINCE = Instant.parse("2026-11-21T02:01:00Z");

    /** Of an installation whose backups go to one place. */
    static final AlarmKeys HOMES = new AlarmKeys(Map.of(), "0123456789ab");

    private Told() {}

    static Notice notice(News news, String happened) {
        return new Notice(
                RUN, "backup/orders", news, Severity.P2, "Dump", happened, "earlier backups stand", "start it again");
    }

    static Telling telling(Kind kind, Severity severity, String... channels) {
        return saying(kind, severity, "the server does not answer", channels);
    }

    static Telling saying(Kind kind, Severity severity, String happened, String... channels) {
        News news = switch (kind) {
            case OVER -> News.WELL;
            case FAILED -> News.FAILED;
            case BEGAN, WORSE, REMINDER, CLOSED -> News.TROUBLE;
        };
        return new Telling(
                "incident-backup.orders-20261121T020000Z-abcd-1",
                kind,
                severity,
                notice(news, happened),
                SINCE,
                List.of(),
                List.of(channels),
                false);
    }

    /** A configuration with these lines under {@code notify:}, indented by two. */
    static Settings settings(Path folder, String notify) {
        return settings(folder, notify, "");
    }

    /** The same, with further lines that are not of {@code notify:}. */
    static Settings settings(Path folder, String notify, String more) {
        String text = """
                repositories:
                  main: { url: "file:/r", recipients: [age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq], shared: true }
                notify:
                """ + notify.indent(2) + more;
        try {
            return Settings.load(Files.writeString(folder.resolve("lifeboat.yml"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A reference to a file with a secret in it. */
    static String secret(Path folder, String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return "file:" + Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
