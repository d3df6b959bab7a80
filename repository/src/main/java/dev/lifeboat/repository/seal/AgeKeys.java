package dev.lifeboat.repository.seal;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Making keys of the kind that {@code age-keygen} makes. */
public final class AgeKeys {

    private AgeKeys() {}

    /** A new X25519 key. */
    public static AgeIdentity generate() {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            String secret = new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII);
            return new AgeIdentity(List.of(secret), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java from 11 has X25519", e);
        }
    }
}
