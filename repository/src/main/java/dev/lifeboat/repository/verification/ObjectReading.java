package dev.lifeboat.repository.verification;

import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;

import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.archive.Inspector;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.seal.Digested;
import dev.lifeboat.repository.seal.Seal;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongConsumer;

/** One pass over a stored object: its stored bytes are hashed, opened, hashed again and inspected as they come. */
final class ObjectReading {

    private static final int BUFFER = 256 * 1024;

    private final Optional<AgeIdentity> identity;
    private final byte[] buffer = new byte[BUFFER];

    ObjectReading(Optional<AgeIdentity> identity) {
        this.identity = identity;
    }

    /** What is stored, and what came of opening it. */
    record Found(Digested stored, Opened opened) {}

    /** Throws {@link StoreException} when the store itself fails, NOT_FOUND when there is no such object. */
    Found read(Store store, SealedObject object, LongConsumer progress) {
        try (InputStream in = store.open(object.key())) {
            StoredBytes stored = new StoredBytes(in, progress);
            Opened opened =
                    identity.<Opened>map(key -> open(stored, key, object)).orElseGet(Opened.Closed::new);
            return new Found(stored.digested(buffer, object.storedBytes()), opened);
        } catch (IOException e) {
            throw new StoreException(
                    UNREACHABLE, "cannot close '%s'".formatted(object.key()), "see the system's log.", e);
        }
    }

    private Opened open(StoredBytes stored, AgeIdentity key, SealedObject object) {
        try (InputStream plain = Seal.reader(stored, key)) {
            return opened(plain, object);
        } catch (IOException e) {
            throw new IllegalStateException("an opened object reports its troubles otherwise", e);
        } catch (StoreException e) {
            stored.trouble().ifPresent(trouble -> {
                throw trouble;
            });
            return new Opened.Broken(e);
        }
    }

    private Opened opened(InputStream plain, SealedObject object) throws IOException {
        Inspector inspector = new Inspector();
        Tally tally = new Tally();
        for (int n = plain.read(buffer); n >= 0; n = plain.read(buffer)) {
            tally.add(buffer, 0, n);
            if (tally.bytes() > object.plainBytes()) {
                // What was put in its place may never end.
                return new Opened.TooLong();
            }
            if (DumpChecks.isDump(object)) {
                inspector.add(buffer, 0, n);
            }
        }
        return new Opened.Whole(tally.digested(), inspector::end);
    }
}
