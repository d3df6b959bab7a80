package dev.lifeboat.starter.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {

    private static final Instant POINT = Instant.parse("2026-11-21T04:15:00Z");

    @TempDir
    Path folder;

    @Test
    void a_backup_is_seen_while_others_are_written_and_swept_beside_it() throws Exception {
        Path backups = Files.createDirectories(folder.resolve("far/databases/orders/backups"));
        Path manifest = Files.createDirectories(backups.resolve("a")).resolve("manifest.json");
        Files.writeString(manifest, "{\"nominal\": \"%s\"}".formatted(POINT));
        DemoFolder demo = new DemoFolder(folder);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeAndSweep(backups, over));

        try {
            for (int i = 0; i < 2_000; i++) {
                assertThat(demo.backupsFor(POINT)).as("look %d", i).isEqualTo(1);
            }
        } finally {
            over.set(true);
            writer.get();
        }
    }

    private static void writeAndSweep(Path backups, AtomicBoolean over) {
        try {
            while (!over.get()) {
                Path other = Files.createDirectories(backups.resolve("b"));
                for (int i = 0; i < 20; i++) {
                    Files.createFile(other.resolve(".upload-" + i));
                }
                for (int i = 0; i < 20; i++) {
                    Files.delete(other.resolve(".upload-" + i));
                }
                Files.delete(other);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
