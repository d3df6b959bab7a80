package dev.lifeboat.workers.month;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a repository lies: a folder that is somewhere else while it is away, as a disk that nobody mounted. */
final class Place {

    private final Path folder;
    private final Path elsewhere;

    Place(Path folder) {
        this.folder = folder;
        this.elsewhere = folder.resolveSibling(folder.getFileName() + "-elsewhere");
    }

    /** Does nothing if it is so already; throws if somebody made another one in its place meanwhile. */
    void isAway(boolean away) {
        if (away == Files.exists(elsewhere)) {
            return;
        }
        try {
            Files.move(away ? folder : elsewhere, away ? elsewhere : folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
