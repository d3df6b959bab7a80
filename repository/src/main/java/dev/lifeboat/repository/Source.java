package dev.lifeboat.repository;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The database a backup was taken from, with what a copy must be created with.
 *
 * @param systemId the cluster's system identifier
 * @param localeProvider {@code libc}, {@code icu} or {@code builtin}; absent means libc
 * @param locale the provider's own locale when it is not libc
 * @param monetary the {@code lc_monetary} in which columns of the type money are written: a copy needs the same; absent
 *     when there are none
 * @param sizeBytes on the source's disk
 */
public record Source(
        String systemId,
        String database,
        String serverVersion,
        List<Extension> extensions,
        String encoding,
        String collation,
        String ctype,
        Optional<String> localeProvider,
        Optional<String> locale,
        Optional<String> collationVersion,
        Optional<String> monetary,
        Optional<Migration> migration,
        long sizeBytes) {

    public Source {
        requireNonNull(database, "database");
        requireNonNull(serverVersion, "serverVersion");
        requireNonNull(encoding, "encoding");
        requireNonNull(collation, "collation");
        requireNonNull(ctype, "ctype");
        extensions = List.copyOf(extensions);
    }
}
