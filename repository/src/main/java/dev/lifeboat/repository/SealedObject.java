package dev.lifeboat.repository;

import dev.lifeboat.repository.store.Key;
import java.util.regex.Pattern;

/** One stored object of a backup: what it is as plain bytes and as stored bytes, both with their SHA-256 in hex. */
public record SealedObject(
        Key key, String name, long plainBytes, String plainSha256, long storedBytes, String storedSha256) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public SealedObject {
        if (!key.name().equals(name)) {
            throw new IllegalArgumentException("the object '%s' does not end in its name '%s'".formatted(key, name));
        }
        if (plainBytes < 0 || storedBytes < 0) {
            throw new IllegalArgumentException("the object '%s' has a negative size".formatted(key));
        }
        if (!SHA256.matcher(plainSha256).matches()
                || !SHA256.matcher(storedSha256).matches()) {
            throw new IllegalArgumentException("the object '%s' has no SHA-256 in hex".formatted(key));
        }
    }
}
