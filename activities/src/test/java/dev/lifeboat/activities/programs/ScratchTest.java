package dev.lifeboat.activities.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

    @TempDir
    Path state;

    @Test
    void it_is_ours_alone() throws Exception {
        Scratch scratch = new Scratch(state);

        assertThat(scratch.folder()).isDirectory().startsWith(state);
        for (Path folder = scratch.folder();
                !folder.equals(state);
                folder = folder.resolveSibling("..").normalize()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .as(folder.toString())
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void a_sweep_removes_what_dead_processes_left_and_nothing_of_ours() throws Exception {
        Scratch scratch = new Scratch(state);
        Path ours = Files.writeString(scratch.folder().resolve("login.pgpass"), "secret");
        Path left = leftBy("999999999-1000");
        Files.createDirectories(left.resolve("deep/er"));
        Files.writeString(left.resolve("deep/er/login.pgpass"), "secret");

        scratch.sweep();

        assertThat(ours).exists();
        assertThat(left).doesNotExist();
    }

    @Test
    void a_sweep_leaves_what_is_not_of_this_kind() throws Exception {
        Scratch scratch = new Scratch(state);
        Path other = leftBy("notes of ann");
        Path file = Files.createFile(state.resolve("scratch/a-file"));

        scratch.sweep();

        assertThat(other).exists();
        assertThat(file).exists();
    }

    @Test
    void a_link_is_not_followed_out_of_it() throws Exception {
        Scratch scratch = new Scratch(state);
        Path precious = Files.createDirectory(state.resolve("precious"));
        Path file = Files.createFile(precious.resolve("file"));
        Files.createSymbolicLink(leftBy("999999999-1000").resolve("link"), precious);

        scratch.sweep();

        assertThat(file).exists();
    }

    // In a container the worker has the same id after every start.
    @Test
    void what_a_dead_process_with_our_id_left_is_not_ours() throws Exception {
        Scratch scratch = new Scratch(state);
        Path ours = scratch.folder();
        Path before = leftBy(ours.getFileName().toString().replaceFirst("^(\\d+).*", "$1-1000000000"));
        Files.writeString(before.resolve("login.pgpass"), "secret");

        scratch.sweep();

        assertThat(before).doesNotExist();
        assertThat(ours).exists();
    }

    @Test
    void a_process_finds_its_own_folder_again() {
        assertThat(new Scratch(state).folder()).isEqualTo(new Scratch(state).folder());
    }

    private Path leftBy(String name) throws Exception {
        Path folder = Files.createDirectories(state.resolve("scratch").resolve(name));
        Files.setLastModifiedTime(folder, FileTime.from(Instant.EPOCH));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
        return folder;
    }
}
