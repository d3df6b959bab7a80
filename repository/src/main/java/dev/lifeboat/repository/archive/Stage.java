package dev.lifeboat.repository.archive;

import java.util.Optional;

/** One part of a dump and how it is read. */
interface Stage {

    /**
     * Reads on, and returns the stage that reads what follows; empty when the window is and this stage wants more. Throws StoreException of
     * the problem {@code DAMAGED} for what pg_dump does not write.
     */
    Optional<Stage> read(Window window);

    /** What was found, if the stream may end here; else throws StoreException of the problem {@code DAMAGED}. */
    Inspection end();
}
