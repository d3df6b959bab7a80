package dev.lifeboat.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where a repository lies. */
public sealed interface Location {

    /** As a person writes it: {@code file:/path} or {@code s3://bucket/prefix}. */
    String url();

    /** A folder of this machine, or one that is mounted here; absolute. */
    record Folder(Path path) implements Location {

        @Override
        public String url() {
            return path.toUri().toString().replaceFirst("^file:/+", "file:/").replaceFirst("(?<=.)/$", "");
        }
    }

    /**
     * A place in an S3 bucket.
     *
     * @param prefix of all keys, without slashes at its ends; may be empty
     * @param endpoint of a store that is not Amazon's
     * @param pathStyle whether the bucket stands in the path instead of the host's name
     * @param authority a PEM file with the certificates that the endpoint's is signed with, if the JVM does not know them
     * @param serverEncryption {@code AES256}, {@code aws:kms} or {@code none}: what the store is told to do besides ours
     * @param kmsKey the key's id when that is {@code aws:kms}
     * @param storageClass by the backup's tag; {@code default} for all others
     * @param lockMode how firmly stored objects are kept, if at all
     * @param lockedFor how long, by the backup's tag; {@code default} for all others
     * @param uploadParallelism parts of one object that travel at the same time
     */
    record Bucket(
            String name,
            String prefix,
            Optional<String> region,
            Optional<URI> endpoint,
            boolean pathStyle,
            Optional<Path> authority,
            Map<StoreRight, Credentials> credentials,
            String serverEncryption,
            Optional<String> kmsKey,
            Map<String, String> storageClass,
            Optional<LockMode> lockMode,
            Map<String, Duration> lockedFor,
            int uploadParallelism)
            implements Location {

        @Override
        public String url() {
            return prefix.isEmpty() ? "s3://" + name : "s3://%s/%s".formatted(name, prefix);
        }

        public Credentials credentials(StoreRight right) {
            return credentials.getOrDefault(right, new Credentials.UsualChain());
        }
    }

    /** How firmly an object is kept by the store. */
    enum LockMode {
        /** Nobody can delete it before its time, also not the owner of the account. */
        COMPLIANCE,
        /** Only who has a special permission can. */
        GOVERNANCE
    }
}
