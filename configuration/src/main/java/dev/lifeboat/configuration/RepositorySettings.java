package dev.lifeboat.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where backups are kept, and for whom they are encrypted.
 *
 * @param folder what {@code url: file:…} names; absolute
 * @param recipients public age keys, at least one; any of their owners can decrypt
 * @param identity the secret age key, only where restores run
 * @param host whose worker reaches the folder
 * @param shared whether every worker reaches the folder
 * @param minimumFree bytes; less free space than this is worth a warning
 */
public record RepositorySettings(
        String name,
        Path folder,
        List<String> recipients,
        Optional<SecretRef> identity,
        Optional<String> host,
        boolean shared,
        long minimumFree) {

    private static final long TEN_GIGABYTES = 10_000_000_000L;

    static Optional<RepositorySettings> read(Block.Named entry, Path base) {
        Block block = entry.block();
        Optional<Path> folder = block.required(
                "url", "write url: \"file:/var/lib/lifeboat/repository\".", node -> folder(Scalar.text(node), base));
        List<String> recipients = recipients(block);
        Optional<SecretRef> identity = block.secret("identity");
        Optional<String> host = block.value("host", node -> host(Scalar.text(node)));
        boolean shared = block.value("shared", Scalar::trueOrFalse).orElse(false);
        if (shared && host.isPresent()) {
            block.refuseAt(
                    "shared", "both 'host' and 'shared: true'", "remove 'host' if every worker reaches the folder.");
        }
        long minimumFree = block.value("minimum-free", Amounts::size).orElse(TEN_GIGABYTES);
        return folder.map(
                there -> new RepositorySettings(entry.name(), there, recipients, identity, host, shared, minimumFree));
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
        if (url.startsWith("s3:")) {
            throw new Refused("repositories in S3 are not supported yet", "write file:/path, on a disk of its own.");
        }
        if (!url.startsWith("file:")) {
            throw new Refused(
                    "not the address of a repository", "write file:/path, as in file:/var/lib/lifeboat/repository.");
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
