package dev.lifeboat.repository.signature;

import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import dev.lifeboat.configuration.SecretRef;
import dev.lifeboat.configuration.SigningSettings;
import dev.lifeboat.repository.store.StoreException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The secret half of an Ed25519 key that vouches for stored documents. Only {@link #pem} ever shows it. */
public final class SigningKey {

    private static final Pattern PEM = Pattern.compile(
            "\\s*-----BEGIN PRIVATE KEY-----\\s+([A-Za-z0-9+/=\\s]+?)\\s+-----END PRIVATE KEY-----\\s*");
    private static final String HINT =
            "give the file that this writes: openssl genpkey -algorithm ed25519; it begins with -----BEGIN PRIVATE KEY-----.";

    private final KeyPair pair;

    private SigningKey(KeyPair pair) {
        this.pair = pair;
    }

    /** A new key. */
    public static SigningKey generate() {
        return new SigningKey(Ed25519.generate());
    }

    /** The key in a PEM file (PKCS#8); throws {@link StoreException} UNSUITABLE, never showing the content. */
    public static SigningKey parse(String pem) {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.matches()) {
            throw new StoreException(UNSUITABLE, problem(pem), HINT);
        }
        try {
            // Causes are not kept: their messages may quote what they could not read.
            return new SigningKey(
                    Ed25519.pair(Base64.getDecoder().decode(matcher.group(1).replaceAll("\\s", ""))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new StoreException(UNSUITABLE, "the signing key is not an Ed25519 key, or was mistyped or cut", HINT);
        }
    }

    /**
     * The key that the configuration names, if it names one.
     *
     * @throws dev.lifeboat.configuration.ConfigurationException when its file is not there or may be read by others
     */
    public static Optional<SigningKey> of(SigningSettings settings) {
        return settings.key().map(SecretRef::read).map(SigningKey::parse);
    }

    /** The public half, in base64, as between the lines of its PEM file. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /** The content of a key file as openssl writes it: a secret, for a file with 0600 and nothing else. */
    public String pem() {
        return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                .formatted(Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
    }

    /** 64 bytes; the same for the same content. */
    byte[] sign(byte[] content) {
        return Ed25519.sign(pair.getPrivate(), content);
    }

    @Override
    public String toString() {
        return "SigningKey[" + publicKey() + "]";
    }

    private static String problem(String pem) {
        if (pem.contains("ENCRYPTED PRIVATE KEY")) {
            return "the signing key is protected by a passphrase, which is not supported";
        }
        if (pem.contains("BEGIN PUBLIC KEY")) {
            return "it is a public key, and signing needs the secret one";
        }
        return "it is not a signing key";
    }
}
