package dev.lifeboat.repository;

/** How the discarding of a backup that was never committed ended. */
public sealed interface Discard {

    /** Its data is gone; that may have been nothing. */
    record Discarded(Swept swept) implements Discard {}

    /** It was committed, so nothing was touched. */
    record Kept(String why) implements Discard {}
}
