package dev.lifeboat.starter.local;

import dev.lifeboat.starter.terminal.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The right of one command to work in a folder; it dies with the process that has it, however that dies. */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws CommandException if another command has it */
    static FolderLock take(Path folder) {
        Path file = folder.resolve("lock");
        Folders.refuseLink(file);
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            if (!isTaken(channel)) {
                channel.close();
                throw CommandException.usage(
                        "another command (process %s) works in '%s'"
                                .formatted(Files.readString(file).strip(), folder),
                        "Let it end, or end it; then type the same again.");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether no command has it at this moment, as far as can be told. */
    static boolean isFree(Path folder) {
        try (FolderLock lock = take(folder)) {
            return true;
        } catch (CommandException | UncheckedIOException takenOrDamaged) {
            return false;
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
