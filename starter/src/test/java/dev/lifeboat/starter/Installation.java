package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/** An installation in a folder of its own, with its own repository and one database, and what its verbs say. */
final class Installation {

    private final Path folder;
    private final String database;

    Installation(Path folder, String database) {
        this.folder = folder;
        this.database = database;
    }

    Path file() {
        return folder.resolve("lifeboat.yml");
    }

    /** Writes {@code lifeboat.yml} anew: the address of Temporal, and what stands below {@code backup}. */
    void write(String address, String backup) throws IOException {
        Files.writeString(file(), """
                repositories:
                  main:
                    url: "file:store"
                    recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk]
                temporal: { address: "%s" }
                databases:
                  %s: { url: "postgresql://me@127.0.0.1/orders", backup: { %s }, verification: { schedule: off } }
                """.formatted(address, database, backup));
        Settings settings = Settings.load(file());
        Files.createDirectories(folder.resolve("store"));
        Repository.openOrCreate(Stores.open(settings.repository("main").location(), StoreRight.WRITE));
    }

    /** Copies its backups to the repository of another one. */
    void copyTo(Installation other) throws IOException {
        Files.writeString(
                file(),
                Files.readString(file())
                        .replace("temporal:", """
                          far: { url: "file:%s", recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }
                        temporal:""".formatted(other.folder.resolve("store")))
                        .replace("backup: {", "backup: { to: [main, far],"));
    }

    Called schedules(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "schedules";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Called.in(folder, all);
    }

    /** What one of its verbs has changed, or would change. */
    List<String> changes(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        Called called = schedules(all);
        assertThat(called.exitCode()).as(called.err()).isZero();
        return StreamSupport.stream(called.json().get("changes").spliterator(), false)
                .map(it -> it.get("change").asText() + " " + it.get("schedule").asText())
                .toList();
    }

    /** What a check finds. */
    List<String> found(ScheduleServer server) {
        return ScheduleFindings.of(Settings.load(file()), server.temporal(), Instant.now()).stream()
                .map(it -> "%s %s: %s".formatted(it.verdict(), it.subject(), it.detail()))
                .toList();
    }
}
