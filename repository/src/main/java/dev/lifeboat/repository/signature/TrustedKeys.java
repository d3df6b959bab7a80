package dev.lifeboat.repository.signature;

import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.SigningSettings;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The public keys whose signatures count, in base64 as {@link SigningKey#publicKey} gives them. */
public record TrustedKeys(Set<String> keys) {

    public TrustedKeys {
        keys = keys.stream().map(TrustedKeys::usual).collect(Collectors.toUnmodifiableSet());
    }

    public static TrustedKeys of(List<String> keys) {
        return new TrustedKeys(Set.copyOf(keys));
    }

    /**
     * The keys that the configuration trusts: those it lists, and the public half of its own signing key.
     *
     * @throws ConfigurationException when it lists none, and the file of its own key is not there or may be read by others
     */
    public static TrustedKeys of(SigningSettings settings) {
        Set<String> keys = new LinkedHashSet<>(settings.trusted());
        try {
            SigningKey.of(settings).map(SigningKey::publicKey).ifPresent(keys::add);
        } catch (ConfigurationException e) {
            // The secret half is needed only where backups are made: its loss must not stop anybody who looks for a
            // good one.
            if (keys.isEmpty()) {
                throw e;
            }
        }
        return new TrustedKeys(keys);
    }

    /** The same where the own key is not on this machine: then those that are listed, which may be none. */
    public static TrustedKeys knownHere(SigningSettings settings) {
        try {
            return of(settings);
        } catch (ConfigurationException notOnThisMachine) {
            return of(settings.trusted());
        }
    }

    /** Whether nobody is trusted, so that no signature can be judged. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    boolean contains(String publicKey) {
        return keys.contains(publicKey);
    }

    /** People leave the padding out; what is compared has it. */
    private static String usual(String key) {
        try {
            return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(key));
        } catch (IllegalArgumentException e) {
            return key;
        }
    }
}
