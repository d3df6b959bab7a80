package dev.lifeboat.repository;

/** What was swept away: attempts, their stored objects with their bytes, and unfinished uploads. */
public record Swept(int attempts, int objects, long bytes, int uploads) {

    public static final Swept NOTHING = new Swept(0, 0, 0, 0);
}
