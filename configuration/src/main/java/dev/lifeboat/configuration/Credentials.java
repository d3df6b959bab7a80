package dev.lifeboat.configuration;

import java.util.Optional;

/** Where the keys to a bucket come from; never the keys themselves. */
public sealed interface Credentials {

    /** What the vendor's own tools would find: environment, profile, the machine's role. */
    record UsualChain() implements Credentials {}

    /** A named profile of the vendor's own configuration files. */
    record Profile(String name) implements Credentials {}

    /** An access key and its secret. */
    record Keys(SecretRef accessKey, SecretRef secretKey) implements Credentials {}

    static Credentials read(Block block) {
        Optional<String> profile = block.value("profile", Scalar::text);
        Optional<SecretRef> accessKey = block.secret("access-key");
        Optional<SecretRef> secretKey = block.secret("secret-key");
        if (block.has("profile") && (block.has("access-key") || block.has("secret-key"))) {
            block.refuse("both a profile and keys", "keep 'profile', or keep 'access-key' and 'secret-key'.");
        } else if (block.has("access-key") != block.has("secret-key")) {
            block.refuse("one half of a pair of keys", "write both 'access-key' and 'secret-key'.");
        }
        if (accessKey.isPresent() && secretKey.isPresent()) {
            return new Keys(accessKey.get(), secretKey.get());
        }
        return profile.<Credentials>map(Profile::new).orElseGet(UsualChain::new);
    }
}
