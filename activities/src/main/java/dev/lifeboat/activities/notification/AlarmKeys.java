package dev.lifeboat.activities.notification;

import dev.lifeboat.configuration.Location;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where backups go first, as short hashes: what tells the alarms of one installation from those of another that uses the same
 * pager. It comes from {@code lifeboat.yml} alone, so a run without Temporal says the same as one with it.
 *
 * @param ofDatabases by the database's name
 * @param otherwise for what is about no database
 */
record AlarmKeys(Map<String, String> ofDatabases, String otherwise) {

    /** 48 bits: enough to tell some installations apart, and short enough to be read out. */
    private static final int BYTES = 6;

    static AlarmKeys of(Settings settings) {
        Map<String, String> ofDatabases = new LinkedHashMap<>();
        settings.databases()
                .forEach((name, database) -> ofDatabases.put(
                        name, hash(settings.repository(database.backup().home()))));
        return new AlarmKeys(
                ofDatabases,
                settings.repositories().values().stream()
                        .findFirst()
                        .map(AlarmKeys::hash)
                        .orElse(""));
    }

    /** The key of the alarm about {@code about}, such as {@code backup/orders@1f0c3a5b7d9e}. */
    String key(String about) {
        return about + "@"
                + Arrays.stream(about.split("/", -1))
                        .skip(1) // the verb: a database may have its name
                        .flatMap(it -> Optional.ofNullable(ofDatabases.get(it)).stream())
                        .findFirst()
                        .orElse(otherwise);
    }

    // Paths are alike on many machines, and the names of buckets are unique only at one endpoint.
    private static String hash(RepositorySettings repository) {
        String where = switch (repository.location()) {
            case Location.Folder folder -> repository.host().orElse("");
            case Location.Bucket bucket -> bucket.endpoint().map(URI::toString).orElse("");
        };
        byte[] text = (repository.url() + " " + where).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }
}
