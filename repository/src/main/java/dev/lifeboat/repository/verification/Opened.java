package dev.lifeboat.repository.verification;

import dev.lifeboat.repository.archive.Inspection;
import dev.lifeboat.repository.seal.Digested;
import dev.lifeboat.repository.store.StoreException;
import java.util.function.Supplier;

/** What came of opening a stored object. */
sealed interface Opened {

    /** It was read to its end; {@code inspection} throws when it is no whole dump. */
    record Whole(Digested plain, Supplier<Inspection> inspection) implements Opened {}

    /** It could not be opened, or not to its end. */
    record Broken(StoreException why) implements Opened {}

    /** It opens to more bytes than were written, and was not read any further. */
    record TooLong() implements Opened {}

    /** There was no key to open it with. */
    record Closed() implements Opened {}
}
