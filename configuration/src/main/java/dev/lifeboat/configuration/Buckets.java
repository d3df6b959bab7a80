package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands what a repository in S3 says about itself. */
final class Buckets {

    /** Keys that only such a repository has. */
    static final Set<String> KEYS = Set.of(
            "region",
            "endpoint",
            "path-style",
            "certificate-authority",
            "credentials",
            "server-encryption",
            "kms-key",
            "storage-class",
            "lock",
            "locked-for",
            "upload-parallelism");

    private static final Pattern URL = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._=-]+(/[A-Za-z0-9._=-]+)*");
    private static final int LONGEST_PREFIX = 120;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final List<String> ENCRYPTIONS = List.of("AES256", "aws:kms", "none");
    private static final int MOST_PARTS = 8;

    private Buckets() {}

    static Location.Bucket read(Block block, Written url, Path base) {
        Optional<URI> endpoint = block.value("endpoint", node -> endpoint(Scalar.text(node)));
        Optional<String> region = block.value("region", Scalar::text);
        if (region.isEmpty() && !block.has("endpoint") && !block.has("region")) {
            block.refuse("'region' is missing", "write region: eu-central-1, or 'endpoint' of a store of your own.");
        }
        Optional<Location.LockMode> lock = block.value("lock", Buckets::lock);
        Map<String, Duration> lockedFor = block.eachOrDefault("locked-for", Amounts::duration);
        if (block.has("lock") != block.has("locked-for")) {
            block.refuse("one of 'lock' and 'locked-for' without the other", "write both, as in lock: compliance.");
        }
        String encryption = encryption(block);
        return new Location.Bucket(
                url.bucket(),
                url.prefix(),
                region,
                endpoint,
                block.value("path-style", Scalar::trueOrFalse).orElse(block.has("endpoint")),
                block.value("certificate-authority", node -> Scalar.path(Scalar.text(node), base)),
                credentials(block),
                encryption,
                block.value("kms-key", Scalar::text),
                block.eachOrDefault("storage-class", Scalar::text),
                lock,
                lockedFor,
                block.value("upload-parallelism", Scalar.number(1, MOST_PARTS)).orElse(4));
    }

    /** What {@code s3://bucket/prefix} names. */
    record Written(String bucket, String prefix) {

        static Written of(String url) {
            Matcher matcher = URL.matcher(url);
            if (!matcher.matches() || matcher.group(1).contains("..")) {
                throw new Refused("not the address of a bucket", "write s3://BUCKET/PREFIX, as in s3://acme/lifeboat.");
            }
            String prefix = Optional.ofNullable(matcher.group(2)).orElse("").replaceFirst("/$", "");
            checkPrefix(prefix);
            return new Written(matcher.group(1), prefix);
        }

        /** What lies in the bucket is named with it, so it has to be the beginning of an object's key. */
        private static void checkPrefix(String prefix) {
            boolean astray = Arrays.stream(prefix.split("/", -1))
                    .anyMatch(it -> it.matches("\\.{1,2}") || it.startsWith(".upload-"));
            if (!prefix.isEmpty() && (!PREFIX.matcher(prefix).matches() || astray)) {
                throw new Refused(
                        "the prefix has signs that not every store takes",
                        "use letters, digits, '-', '_', '.', '=', and single '/' between.");
            }
            if (prefix.length() > LONGEST_PREFIX) {
                throw new Refused("the prefix is too long", "use at most %d characters.".formatted(LONGEST_PREFIX));
            }
        }
    }

    private static Map<StoreRight, Credentials> credentials(Block block) {
        Map<StoreRight, Credentials> all = new EnumMap<>(StoreRight.class);
        block.block("credentials", inner -> {
            for (StoreRight right : StoreRight.values()) {
                Credentials found = inner.block(right.key(), Credentials::read);
                if (inner.has(right.key())) {
                    all.put(right, found);
                }
            }
            return all;
        });
        return Map.copyOf(all);
    }

    private static URI endpoint(String text) {
        String hint = "write https://HOST or https://HOST:PORT.";
        try {
            URI uri = new URI(text);
            boolean bare = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && Set.of("", "/")
                            .contains(Optional.ofNullable(uri.getRawPath()).orElse(""));
            if (!bare || !Set.of("https", "http").contains(String.valueOf(uri.getScheme()))) {
                throw new Refused("not the address of an S3 server", hint);
            }
            if (uri.getScheme().equals("http") && !LOOPBACK.contains(uri.getHost())) {
                throw new Refused("without TLS everybody on the way can read and change what is sent", hint);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new Refused("not the address of an S3 server", hint);
        }
    }

    private static Location.LockMode lock(JsonNode node) {
        return switch (Scalar.text(node)) {
            case "compliance" -> Location.LockMode.COMPLIANCE;
            case "governance" -> Location.LockMode.GOVERNANCE;
            default ->
                throw new Refused(
                        "neither 'compliance' nor 'governance'",
                        "compliance cannot be undone by anybody; start with governance.");
        };
    }

    private static String encryption(Block block) {
        Optional<String> written = block.value("server-encryption", Buckets::encryption);
        boolean managed = written.filter("aws:kms"::equals).isPresent();
        boolean refused = block.has("server-encryption") && written.isEmpty();
        if (managed && !block.has("kms-key")) {
            block.refuseAt("server-encryption", "'kms-key' is missing", "write kms-key: and the key's id or ARN.");
        }
        if (!managed && !refused && block.has("kms-key")) {
            block.refuseAt(
                    "kms-key", "a key that would not be used", "write server-encryption: aws:kms, or remove it.");
        }
        return written.orElse(block.has("endpoint") ? "none" : "AES256");
    }

    private static String encryption(JsonNode node) {
        String text = Scalar.text(node);
        return ENCRYPTIONS.stream()
                .filter(it -> it.toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        "there is no encryption %s".formatted(Shown.quoted(text)), Spelling.hint(text, ENCRYPTIONS)));
    }
}
