package dev.lifeboat.starter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.starter.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProgramsTest {

    @TempDir
    Path folder;

    @Test
    void the_folder_one_is_told_comes_first() throws IOException {
        Path told = programs("told");
        programs("path");

        assertThat(find(Map.of("LIFEBOAT_PG_BIN", told.toString(), "PATH", path())))
                .isEqualTo(told);
    }

    @Test
    void a_folder_one_is_told_without_the_programs_is_a_mistake_and_not_passed_over() throws IOException {
        programs("path");

        assertThatThrownBy(() ->
                        find(Map.of("LIFEBOAT_PG_BIN", folder.resolve("nope").toString(), "PATH", path())))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("LIFEBOAT_PG_BIN is '", "which has no initdb");
    }

    @Test
    void the_path_comes_before_what_is_packaged() throws IOException {
        Path onPath = programs("path");
        programs("versions/16/bin");

        assertThat(find(Map.of("PATH", path()))).isEqualTo(onPath);
    }

    @Test
    void a_client_alone_on_the_path_is_not_enough() throws IOException {
        Path onPath = programs("path");
        Files.delete(onPath.resolve("initdb"));
        Path packaged = programs("versions/16/bin");

        assertThat(find(Map.of("PATH", path()))).isEqualTo(packaged);
    }

    @Test
    void the_newest_packaged_one_is_taken_by_number() throws IOException {
        programs("versions/9/bin");
        Path newest = programs("versions/16/bin");
        programs("versions/old/bin");

        assertThat(find(Map.of("PATH", path()))).isEqualTo(newest);
    }

    private Path find(Map<String, String> environment) {
        return new PostgresPrograms(environment, folder.resolve("versions"), line -> {})
                .find()
                .orElseThrow();
    }

    private String path() {
        return folder.resolve("path").toString();
    }

    private Path programs(String name) throws IOException {
        Path made = Files.createDirectories(folder.resolve(name));
        for (String program : new String[] {"initdb", "pg_ctl", "postgres", "pg_dump", "pg_restore"}) {
            Files.writeString(made.resolve(program), "");
            Files.setPosixFilePermissions(made.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return made;
    }
}
