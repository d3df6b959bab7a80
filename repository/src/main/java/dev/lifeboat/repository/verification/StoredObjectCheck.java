package dev.lifeboat.repository.verification;

import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The look at one stored object as bytes: all there, and as written. Nothing is decrypted. */
public final class StoredObjectCheck {

    private StoredObjectCheck() {}

    /**
     * Reads it to its end.
     *
     * @param progress hears how many bytes of it were read
     * @throws StoreException UNREACHABLE when the store fails
     */
    public static Check of(Store store, SealedObject object, LongConsumer progress) {
        try {
            ObjectReading.Found found = new ObjectReading(Optional.empty()).read(store, object, progress);
            return ObjectChecks.stored(object, found.stored());
        } catch (StoreException e) {
            return switch (e.problem()) {
                case NOT_FOUND -> ObjectChecks.missing(object);
                case DAMAGED -> ObjectChecks.notAnObject(object, e);
                case DENIED, UNSUITABLE -> ObjectChecks.refused(object, e);
                case EXISTS, FULL, UNREACHABLE -> throw e;
            };
        }
    }
}
