package dev.lifeboat.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where backups are kept, and for whom they are encrypted.
 *
 * @param location what {@code url} names
 * @param recipients public age keys, at least one; any of their owners can decrypt
 * @param identity the secret age key, only where restores run
 * @param host whose worker reaches the folder
 * @param shared whether every worker reaches the folder
 * @param minimumFree bytes; less free space than this is worth a warning
 */
public record RepositorySettings(
        String name,
        Location location,
        List<String> recipients,
        Optional<SecretRef> identity,
        Optional<String> host,
        boolean shared,
        long minimumFree) {

    private static final long TEN_GIGABYTES = 10_000_000_000L;
    private static final Set<String> OF_FOLDERS = Set.of("host", "shared", "minimum-free");

    static Optional<RepositorySettings> read(Block.Named entry, Path base) {
        Block block = entry.block();
        Optional<Location> location = block.required(
                        "url",
                        "write url: \"file:/var/lib/lifeboat/repository\", or s3://BUCKET/PREFIX.",
                        node -> written(Scalar.text(node), base))
                .map(written -> located(block, written, base));
        List<String> recipients = recipients(block);
        Optional<SecretRef> identity = block.secret("identity");
        Optional<String> host = block.value("host", node -> host(Scalar.text(node)));
        boolean shared = block.value("shared", Scalar::trueOrFalse).orElse(false);
        if (shared && host.isPresent()) {
            block.refuseAt(
                    "shared", "both 'host' and 'shared: true'", "remove 'host' if every worker reaches the folder.");
        }
        long minimumFree = block.value("minimum-free", Amounts::size).orElse(TEN_GIGABYTES);
        return location.map(
                there -> new RepositorySettings(entry.name(), there, recipients, identity, host, shared, minimumFree));
    }

    /** As a person writes it. */
    public String url() {
        return location.url();
    }

    /** Where it lies when that is a folder. */
    public Optional<Path> folder() {
        return location instanceof Location.Folder(var path) ? Optional.of(path) : Optional.empty();
    }

    /** What the url says, before the other keys are known: a folder, or a bucket's name and prefix. */
    private sealed interface Written {
        record InFolder(Path path) implements Written {}

        record InBucket(Buckets.Written bucket) implements Written {}
    }

    private static Written written(String url, Path base) {
        return url.startsWith("s3:")
                ? new Written.InBucket(Buckets.Written.of(url))
                : new Written.InFolder(folder(url, base));
    }

    private static Location located(Block block, Written written, Path base) {
        return switch (written) {
            case Written.InFolder(var path) -> {
                refuse(block, Buckets.KEYS, "a folder has no such setting", "remove it; it belongs to s3:// only.");
                yield new Location.Folder(path);
            }
            case Written.InBucket(var bucket) -> {
                refuse(block, OF_FOLDERS, "a bucket has no such setting", "remove it; it belongs to file: only.");
                yield Buckets.read(block, bucket, base);
            }
        };
    }

    private static void refuse(Block block, Set<String> keys, String problem, String hint) {
        keys.stream().sorted().filter(block::has).forEach(key -> {
            block.known(key);
            block.refuseAt(key, problem, hint);
        });
    }

    private static List<String> recipients(Block block) {
        String hint = "write recipients: [age1…]; 'age-keygen -y FILE' prints the recipient of a key.";
        List<String> recipients = block.list("recipients", AgeRecipient::check);
        if (!block.has("recipients")) {
            block.refuse("'recipients' is missing", hint);
        } else if (block.isEmptyList("recipients")) {
            block.refuseAt("recipients", "nobody could decrypt the backups", hint);
        }
        return recipients;
    }

    private static Path folder(String url, Path base) {
        if (!url.startsWith("file:")) {
            throw new Refused(
                    "not the address of a repository",
                    "write file:/path, as in file:/var/lib/lifeboat/repository, or s3://BUCKET/PREFIX.");
        }
        String path = url.substring("file:".length());
        if (path.startsWith("//") && !path.startsWith("///")) {
            throw new Refused("a file on another host", "write file:/path, with one slash.");
        }
        return Scalar.path(path, base);
    }

    private static String host(String name) {
        if (name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            return name;
        }
        throw new Refused("not the name of a host", "write the name that its worker was started with (--host).");
    }
}
