package dev.lifeboat.starter;

import dev.lifeboat.starter.terminal.CommandException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Files that are made together, readable by their owner alone, and taken back together if one of them cannot be. */
final class NewFiles {

    private final Path folder;
    private final List<Path> written = new ArrayList<>();

    NewFiles(Path folder) {
        this.folder = folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    void refuseExisting(List<Path> files) {
        files.stream().filter(Files::exists).findFirst().ifPresent(file -> {
            throw CommandException.usage(
                    "'%s' is there already, and nothing is overwritten".formatted(file),
                    "Work in another folder, or move it away first; never throw a key away.");
        });
    }

    void makeFolder(Path made) {
        try {
            if (!Files.isDirectory(made)) {
                Files.createDirectories(
                        made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                written.add(made);
            }
        } catch (IOException e) {
            throw CommandException.usage(
                    "the folder '%s' cannot be made: %s".formatted(made, reason(e)),
                    "Make it, give it to the user that runs the worker, and type this again.");
        }
    }

    void write(Path file, String text) {
        try (FileChannel channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                var out = Channels.newOutputStream(channel)) {
            written.add(file);
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            channel.force(true);
        } catch (IOException e) {
            throw CommandException.usage(
                    "'%s' cannot be written: %s".formatted(file, reason(e)), "Work in a folder of your own.");
        }
    }

    /** Removes what was made here and nothing else. */
    void takeBack() {
        for (Path file : written.reversed()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // It is told by the error that led here; what stays is a file of ours.
            }
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "");
    }
}
