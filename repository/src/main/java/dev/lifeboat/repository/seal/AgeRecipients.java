package dev.lifeboat.repository.seal;

import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.lifeboat.repository.store.StoreException;
import java.security.GeneralSecurityException;
import java.util.Locale;

/** Who can open what is sealed: public keys of age, {@code age1…}. */
public final class AgeRecipients {

    private static final String HINT =
            "a recipient is the line after '# public key:' in an identity file, age1 and 58 more.";

    private AgeRecipients() {}

    /** Throws {@link StoreException} UNSUITABLE, in words, when it is not a recipient. */
    public static void check(String recipient) {
        writer(recipient);
    }

    static RecipientStanzaWriter writer(String recipient) {
        if (recipient.toUpperCase(Locale.ROOT).contains("AGE-SECRET-KEY-")) {
            // Never repeated in the message: it is the secret.
            throw new StoreException(
                    UNSUITABLE,
                    "a secret key stands where a recipient belongs",
                    "put its public key there, age1…, and keep the secret key in a file of its own; consider it exposed.");
        }
        if (recipient.startsWith("ssh-")) {
            throw new StoreException(UNSUITABLE, "SSH keys are not supported as recipients", HINT);
        }
        if (!recipient.startsWith("age1") || recipient.length() != 62) {
            throw new StoreException(UNSUITABLE, "'%s' is not an age recipient".formatted(shown(recipient)), HINT);
        }
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new StoreException(
                    UNSUITABLE,
                    "'%s' is not an age recipient: it was mistyped or cut".formatted(shown(recipient)),
                    HINT,
                    e);
        }
    }

    private static String shown(String recipient) {
        String printable = recipient.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= 80 ? printable : printable.substring(0, 80) + "…";
    }
}
