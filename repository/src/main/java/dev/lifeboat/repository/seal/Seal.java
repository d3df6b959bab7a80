package dev.lifeboat.repository.seal;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.lifeboat.repository.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The seal around stored data: zstd inside age, as {@code age -d | zstd -d} opens it. */
public final class Seal {

    static final String DAMAGED_HINT = "the stored bytes are not what was written: use another copy or another backup.";

    private static final int WORKERS = 2;

    private Seal() {}

    /**
     * A stream that seals what is written to it for every recipient and passes it on to {@code stored}.
     *
     * <p>{@code level} is zstd's, 1 to 19. Throws {@link StoreException} UNSUITABLE on a recipient that is none.
     */
    public static SealedOutput writer(OutputStream stored, List<String> recipients, int level) {
        if (level < 1 || level > 19) {
            throw new IllegalArgumentException("the level of compression is 1 to 19, not %d".formatted(level));
        }
        if (recipients.isEmpty()) {
            throw new StoreException(
                    UNSUITABLE,
                    "nothing is stored without encryption, and no recipient is named",
                    "give the repository at least one recipient (age1…), better two.");
        }
        try {
            StoredEnd end = new StoredEnd(stored);
            return new SealedOutput(
                    end,
                    new StandardEncryptingChannelFactory().newEncryptingChannel(end, writers(recipients)),
                    level,
                    WORKERS);
        } catch (GeneralSecurityException e) {
            throw new StoreException(
                    UNSUITABLE, "cannot encrypt for the recipients", "check that each is an age recipient.", e);
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Problem.UNREACHABLE, "cannot write the stored data", "see the cause.", e);
        }
    }

    /**
     * The plain bytes of what was sealed.
     *
     * <p>Here and while reading: {@link StoreException} DENIED when the key does not open it, DAMAGED when it was changed
     * or cut. Only reading to the end says that all of it is sound. Closing it closes {@code stored}.
     */
    public static InputStream reader(InputStream stored, AgeIdentity identity) {
        try {
            ReadableByteChannel sealed = Channels.newChannel(new StoredSource(stored));
            ReadableByteChannel opened =
                    new StandardDecryptingChannelFactory().newDecryptingChannel(sealed, identity.readers());
            return new OpenedInput(new ZstdInputStreamNoFinalizer(Channels.newInputStream(opened)));
        } catch (UnsupportedRecipientStanzaException e) {
            throw new StoreException(
                    DENIED,
                    "the key '%s' does not open this".formatted(identity.recipient()),
                    "use the identity of one of the manifest's recipients; if this is one of them, the data is damaged.",
                    e);
        } catch (StoreException e) {
            throw e;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new StoreException(DAMAGED, "the sealed data does not begin as it should", DAMAGED_HINT, e);
        }
    }

    private static List<RecipientStanzaWriter> writers(List<String> recipients) {
        List<RecipientStanzaWriter> writers = new ArrayList<>();
        for (String recipient : List.copyOf(new LinkedHashSet<>(recipients))) {
            writers.add(AgeRecipients.writer(recipient));
        }
        return writers;
    }
}
