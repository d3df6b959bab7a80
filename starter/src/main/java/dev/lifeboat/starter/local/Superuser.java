package dev.lifeboat.starter.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What changes when the command runs as root: a PostgreSQL server refuses to, so it runs as somebody else. */
public final class Superuser {

    static final String UNPRIVILEGED = "postgres";

    private Superuser() {}

    public static boolean isMe() {
        return Program.of("id", "-u").run(Duration.ofSeconds(10)).said().strip().equals("0");
    }

    /** The same command as an unprivileged user. */
    static List<String> stepDown(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("runuser", "-u", UNPRIVILEGED, "--"));
        whole.addAll(command);
        return whole;
    }

    /** Gives {@code file} to the unprivileged user. */
    static void giveAway(Path file) throws IOException {
        Files.setOwner(
                file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(UNPRIVILEGED));
    }
}
