package dev.lifeboat.starter.local;

import dev.lifeboat.starter.terminal.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looking for programs, and making folders that nobody else can read. */
public final class Folders {

    private static final int LARGEST = 1 << 16;
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

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

    /**
     * Makes sure that {@code folder} is a folder itself, of this user, and that nobody else can look into it: what lies there
     * says which processes are ended and which configuration is read.
     *
     * @throws CommandException if it is not
     */
    public static void checkOwn(Path folder) {
        try {
            PosixFileAttributes is = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!is.isDirectory()) {
                throw CommandException.usage(
                        "'%s' is not a folder but a link or a file".formatted(folder), "Name the folder itself.");
            }
            if (!is.owner().equals(thisUser())) {
                throw CommandException.usage(
                        "the folder '%s' belongs to '%s'"
                                .formatted(folder, is.owner().getName()),
                        "Type this as that user, or name a folder of your own.");
            }
            if (!OWNERS.containsAll(is.permissions())) {
                throw CommandException.usage(
                        "others can look into the folder '%s'".formatted(folder),
                        "Type chmod 700 %s, or name another one.".formatted(folder));
            }
        } catch (IOException e) {
            throw CommandException.usage(
                    "the folder '%s' cannot be looked at: %s".formatted(folder, e.getMessage()), "See whose it is.");
        }
    }

    /** The text of a small file in such a folder; throws {@link CommandException} if a link lies there instead. */
    public static String readOwn(Path file) throws IOException {
        refuseLink(file);
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
    }

    /** Writes a small file in such a folder; throws {@link CommandException} if a link lies there instead. */
    public static void writeOwn(Path file, String text) throws IOException {
        refuseLink(file);
        try (OutputStream out = Files.newOutputStream(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    static void refuseLink(Path file) {
        if (Files.isSymbolicLink(file)) {
            throw CommandException.usage(
                    "'%s' is a link, and no link of ours lies there".formatted(file),
                    "See who made it, and name another folder.");
        }
    }

    // A container may give this user an id and no name.
    private static UserPrincipal thisUser() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self)
                ? Files.getOwner(self)
                : FileSystems.getDefault()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name", ""));
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
