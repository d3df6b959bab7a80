package dev.lifeboat.repository.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    @TempDir
    private Path folder;

    @Test
    void a_root_that_is_gone_is_not_made() {
        Path root = folder.resolve("root");

        assertThatThrownBy(() -> Folders.makeBelow(root, root.resolve("a/b"))).isInstanceOf(NoSuchFileException.class);
        assertThat(root).doesNotExist();
    }

    @Test
    void what_is_there_stays_and_a_file_in_the_way_is_named() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        Folders.makeBelow(folder, there.resolve("a/b"));
        Files.createFile(there.resolve("file"));

        assertThat(there.resolve("a/b")).isDirectory();
        assertThatThrownBy(() -> Folders.makeBelow(folder, there.resolve("file/c")))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("file");
    }
}
