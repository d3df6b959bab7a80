package dev.lifeboat.configuration;

import java.util.Locale;

/** What a process may do with a repository; each has credentials of its own, so that none can do another's work. */
public enum StoreRight {
    /** Adds objects, and reads back what was stored, which it cannot decrypt. */
    WRITE,
    /** Reads and decrypts. */
    READ,
    /** Lists and deletes. */
    DELETE;

    /** As the settings file writes it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
