package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket, or a folder in one, and how to reach it; throws {@link StoreException} UNSUITABLE when it cannot be one.
 *
 * @param prefix the folder, without slashes at its ends; empty for the whole bucket
 * @param region empty where the environment or the shared AWS files say it, or where a service of one's own has none
 * @param endpoint the service's address; empty for Amazon's own
 * @param pathStyle whether the bucket is named in the path and not in the host
 * @param authority a PEM file with the only certificates to trust; empty for those that Java trusts
 * @param encryption what the service is asked to encrypt with; empty for what the bucket says
 * @param uploadParallelism how many parts of one object travel at once, each of 16 MiB at first, later 64 MiB
 * @param patience how long a connection may stand still
 */
public record S3Location(
        String bucket,
        String prefix,
        Optional<String> region,
        Optional<URI> endpoint,
        boolean pathStyle,
        Optional<Path> authority,
        S3Credentials credentials,
        Optional<S3Encryption> encryption,
        int uploadParallelism,
        Duration patience) {

    private static final Pattern URL = Pattern.compile("(?i:s3)://([^/]*)(?:/(.*?))?/?");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]");
    private static final int LONGEST_PREFIX = 120;
    private static final int MOST_AT_ONCE = 8;

    public S3Location {
        checkBucket(bucket);
        checkPrefix(prefix);
        endpoint.ifPresent(S3Location::checkEndpoint);
        if (uploadParallelism < 1 || uploadParallelism > MOST_AT_ONCE) {
            throw unsuitable(
                    "%d uploads at once are not possible".formatted(uploadParallelism),
                    "write a number from 1 to %d.".formatted(MOST_AT_ONCE));
        }
        if (!patience.isPositive()) {
            throw unsuitable("a patience of %s is none".formatted(patience), "write 30s, or longer.");
        }
    }

    /** The place that {@code s3://bucket/folder} names, at Amazon, with the usual credentials. */
    public static S3Location of(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw unsuitable(
                    "'%s' does not name a bucket".formatted(url),
                    "write s3:// and the bucket, for example s3://acme-backups/lifeboat.");
        }
        return new S3Location(
                parts.group(1),
                Optional.ofNullable(parts.group(2)).orElse(""),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                new S3Credentials.UsualChain(),
                Optional.empty(),
                4,
                Duration.ofSeconds(30));
    }

    public S3Location withRegion(String name) {
        return new S3Location(
                bucket,
                prefix,
                Optional.of(name),
                endpoint,
                pathStyle,
                authority,
                credentials,
                encryption,
                uploadParallelism,
                patience);
    }

    /** At another service than Amazon's; with {@code inPath} the bucket is named in the path and not in the host. */
    public S3Location withEndpoint(URI address, boolean inPath) {
        return new S3Location(
                bucket,
                prefix,
                region,
                Optional.of(address),
                inPath,
                authority,
                credentials,
                encryption,
                uploadParallelism,
                patience);
    }

    public S3Location withAuthority(Path certificates) {
        return new S3Location(
                bucket,
                prefix,
                region,
                endpoint,
                pathStyle,
                Optional.of(certificates),
                credentials,
                encryption,
                uploadParallelism,
                patience);
    }

    public S3Location withCredentials(S3Credentials who) {
        return new S3Location(
                bucket, prefix, region, endpoint, pathStyle, authority, who, encryption, uploadParallelism, patience);
    }

    public S3Location withEncryption(S3Encryption how) {
        return new S3Location(
                bucket,
                prefix,
                region,
                endpoint,
                pathStyle,
                authority,
                credentials,
                Optional.of(how),
                uploadParallelism,
                patience);
    }

    public S3Location withUploadParallelism(int parts) {
        return new S3Location(
                bucket, prefix, region, endpoint, pathStyle, authority, credentials, encryption, parts, patience);
    }

    public S3Location withPatience(Duration longest) {
        return new S3Location(
                bucket,
                prefix,
                region,
                endpoint,
                pathStyle,
                authority,
                credentials,
                encryption,
                uploadParallelism,
                longest);
    }

    /** {@code s3://bucket/folder}. */
    public String url() {
        return prefix.isEmpty() ? "s3://" + bucket : "s3://" + bucket + "/" + prefix;
    }

    /** The name of an object in the bucket. */
    String name(Key key) {
        return prefix.isEmpty() ? key.value() : prefix + "/" + key.value();
    }

    private static void checkBucket(String bucket) {
        if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
            throw unsuitable(
                    "'%s' is not the name of a bucket".formatted(bucket),
                    "bucket names have 3 to 63 lower case letters, digits, dots and hyphens.");
        }
    }

    private static void checkPrefix(String prefix) {
        if (prefix.isEmpty()) {
            return;
        }
        try {
            new Key(prefix);
        } catch (IllegalArgumentException e) {
            throw unsuitable(
                    "'%s' cannot be a folder in a bucket".formatted(prefix),
                    "use letters, digits and . _ = - between single slashes.");
        }
        if (prefix.length() > LONGEST_PREFIX) {
            throw unsuitable(
                    "the folder '%s' in the bucket is too long".formatted(prefix),
                    "use at most %d characters.".formatted(LONGEST_PREFIX));
        }
    }

    private static void checkEndpoint(URI endpoint) {
        String scheme = Optional.ofNullable(endpoint.getScheme()).orElse("");
        if (endpoint.getHost() == null || endpoint.getRawUserInfo() != null) {
            throw unsuitable(
                    "the endpoint is not the address of a service",
                    "write https:// and the host, for example https://minio.example.com:9000; keys are written elsewhere.");
        }
        boolean plain = scheme.equals("http");
        if (!plain && !scheme.equals("https")) {
            throw unsuitable(
                    "'%s' is not the address of an S3 service".formatted(endpoint), "write https:// and the host.");
        }
        if (plain && !LOOPBACK.matcher(endpoint.getHost()).matches()) {
            throw unsuitable(
                    "'%s' is not encrypted on the way".formatted(endpoint),
                    "write https://; plain http is only allowed to this machine itself.");
        }
    }

    private static StoreException unsuitable(String message, String hint) {
        return new StoreException(UNSUITABLE, message, hint);
    }
}
