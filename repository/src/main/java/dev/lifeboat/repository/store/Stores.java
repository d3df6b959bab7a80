package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import dev.lifeboat.configuration.Credentials;
import dev.lifeboat.configuration.Location;
import dev.lifeboat.configuration.StoreRight;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The stores that need no more than their URL; those in S3 are opened with {@link S3Store#open}. */
public final class Stores {

    private static final String HINT = "write file: and an absolute path, for example file:/var/backups/lifeboat";

    /** So long a connection to a bucket may stand still. */
    private static final Duration S3_PATIENCE = Duration.ofSeconds(30);

    private Stores() {}

    /** Opens a store to read and write; throws {@link StoreException} when it cannot serve. */
    public static Store open(String url) {
        return FileStore.open(folder(url));
    }

    /** Opens a store only to read: it may be read-only, or somebody else's. */
    public static Store openToRead(String url) {
        return FileStore.openToRead(folder(url));
    }

    /**
     * Opens the place that the configuration names, with the keys of {@code right}.
     *
     * <p>Throws {@link StoreException} when it cannot serve, and {@link dev.lifeboat.configuration.ConfigurationException}
     * when a key is not there.
     */
    public static Store open(Location location, StoreRight right) {
        return switch (location) {
            case Location.Folder folder -> right == StoreRight.READ ? openToRead(folder.url()) : open(folder.url());
            case Location.Bucket bucket -> S3Store.open(bucket(bucket, bucket.credentials(right)));
        };
    }

    private static S3Location bucket(Location.Bucket bucket, Credentials credentials) {
        return new S3Location(
                bucket.name(),
                bucket.prefix(),
                bucket.region(),
                bucket.endpoint(),
                bucket.pathStyle(),
                bucket.authority(),
                switch (credentials) {
                    case Credentials.UsualChain() -> new S3Credentials.UsualChain();
                    case Credentials.Profile(var name) -> new S3Credentials.Profile(name);
                    case Credentials.Keys(var id, var secret) -> new S3Credentials.Keys(id.read(), secret.read());
                },
                encryption(bucket),
                bucket.uploadParallelism(),
                S3_PATIENCE);
    }

    private static Optional<S3Encryption> encryption(Location.Bucket bucket) {
        return switch (bucket.serverEncryption()) {
            case "AES256" -> Optional.of(new S3Encryption.ServiceKey());
            case "aws:kms" -> bucket.kmsKey().map(S3Encryption.ManagedKey::new);
            default -> Optional.empty();
        };
    }

    private static Path folder(String url) {
        if (url.startsWith("/")) {
            throw unsuitable("'%s' is a path and not a URL".formatted(url));
        }
        try {
            URI uri = new URI(url);
            if (uri.getScheme() == null) {
                throw unsuitable("'%s' is not the URL of a repository".formatted(url));
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (scheme.equals("s3")) {
                throw new StoreException(
                        UNSUITABLE,
                        "'%s' says neither how to get there nor who we are".formatted(url),
                        "name it under repositories in lifeboat.yml.");
            }
            if (!scheme.equals("file")) {
                throw unsuitable("%s repositories are not supported by this version".formatted(scheme));
            }
            return folder(uri, url);
        } catch (URISyntaxException e) {
            throw unsuitable("'%s' is not a URL (a space in it is written %%20)".formatted(url));
        }
    }

    private static Path folder(URI uri, String url) {
        boolean plain = uri.getRawAuthority() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (uri.isOpaque() || !plain || uri.getPath().contains("\0")) {
            throw unsuitable("'%s' does not name an absolute path on this machine".formatted(url));
        }
        return Path.of(uri.getPath()).normalize();
    }

    private static StoreException unsuitable(String message) {
        return new StoreException(UNSUITABLE, message, HINT);
    }
}
