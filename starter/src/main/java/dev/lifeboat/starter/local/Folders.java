package dev.lifeboat.starter.local;

import dev.lifeboat.starter.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looking for programs, and making folders that nobody else can read. */
public final class Folders {

    private Folders() {}

    /** Makes {@code folder}, readable by its owner alone, with the folders above it. */
    public static Path makePrivate(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Path parent = folder.toAbsolutePath().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return folder;
        } catch (IOException e) {
            throw CommandException.usage(
                    "the folder '%s' cannot be made: %s".formatted(folder, e.getMessage()),
                    "Name another one with --dir.");
        }
    }

    /** The folders of {@code PATH}. An empty part would mean the current folder: programs are not taken from there. */
    public static List<Path> ofPath(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        for (String part : environment.getOrDefault("PATH", "").split(":", -1)) {
            if (!part.isEmpty() && Path.of(part).isAbsolute()) {
                folders.add(Path.of(part));
            }
        }
        return folders;
    }

    public static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
