package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;

/** The stores that need no more than their URL; those in S3 are opened with {@link S3Store#open}. */
public final class Stores {

    private static final String HINT = "write file: and an absolute path, for example file:/var/backups/lifeboat";

    private Stores() {}

    /** Opens a store to read and write; throws {@link StoreException} when it cannot serve. */
    public static Store open(String url) {
        return FileStore.open(folder(url));
    }

    /** Opens a store only to read: it may be read-only, or somebody else's. */
    public static Store openToRead(String url) {
        return FileStore.openToRead(folder(url));
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
