package dev.lifeboat.repository.seal;

import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519KeyFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.lifeboat.repository.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** The secret half of one or several age keys. Only {@link #text} ever shows it. */
public final class AgeIdentity {

    private static final String SECRET = "AGE-SECRET-KEY-1";
    private static final String HINT =
            "give the file that age-keygen wrote; it has a line that begins with %s".formatted(SECRET);

    private final List<String> secrets;
    private final List<String> recipients;
    private final Instant created;

    AgeIdentity(List<String> secrets, Instant created) {
        this.secrets = List.copyOf(secrets);
        this.recipients = secrets.stream().map(AgeIdentity::recipientOf).toList();
        this.created = created;
    }

    /** The identities in the content of a file; throws {@link StoreException} UNSUITABLE, never showing the content. */
    public static AgeIdentity parse(String fileContent) {
        List<String> secrets = new ArrayList<>();
        int number = 0;
        for (String line : fileContent.lines().map(String::strip).toList()) {
            number++;
            if (!line.isEmpty() && !line.startsWith("#")) {
                secrets.add(checked(line, number));
            }
        }
        if (secrets.isEmpty()) {
            throw new StoreException(UNSUITABLE, "there is no age identity in it", HINT);
        }
        return new AgeIdentity(secrets, Instant.EPOCH);
    }

    /** The public key, {@code age1…}; of the first one if there are several. */
    public String recipient() {
        return recipients.getFirst();
    }

    /** All public keys. */
    public List<String> recipients() {
        return recipients;
    }

    /** The content of an identity file, as {@code age-keygen} writes it: a secret, for a file with 0600 and nothing else. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < secrets.size(); i++) {
            if (!created.equals(Instant.EPOCH)) {
                text.append("# created: ").append(created).append('\n');
            }
            text.append("# public key: ").append(recipients.get(i)).append('\n');
            text.append(secrets.get(i)).append('\n');
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "AgeIdentity" + recipients;
    }

    List<RecipientStanzaReader> readers() throws GeneralSecurityException {
        List<RecipientStanzaReader> readers = new ArrayList<>();
        for (String secret : secrets) {
            readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(secret));
        }
        return readers;
    }

    private static String checked(String line, int number) {
        if (line.startsWith("age1")) {
            throw new StoreException(
                    UNSUITABLE, "line %d is a public key, and an identity is the secret one".formatted(number), HINT);
        }
        if (line.startsWith("-----BEGIN") || line.startsWith("age-encryption.org/")) {
            throw new StoreException(
                    UNSUITABLE,
                    "the identity is an SSH key or is protected by a passphrase, which is not supported",
                    "decrypt it first, or use a key made by age-keygen.");
        }
        if (!line.startsWith(SECRET)) {
            throw new StoreException(UNSUITABLE, "line %d is not an age identity".formatted(number), HINT);
        }
        return line;
    }

    /** Causes are not kept: their messages may quote what they could not read. */
    private static String recipientOf(String secret) {
        try {
            SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "X25519");
            byte[] encoded = new X25519KeyFactory().translateKey(key).getEncoded();
            return new String(encoded, StandardCharsets.US_ASCII).strip();
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new StoreException(UNSUITABLE, "the age identity was mistyped or cut", HINT);
        }
    }
}
