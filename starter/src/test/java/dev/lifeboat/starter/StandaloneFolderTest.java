package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.starter.local.PrivateTemporal;
import dev.lifeboat.starter.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else may have put where a standalone run keeps its state. */
@Timeout(60)
class StandaloneFolderTest {

    private static final String ENDED = """
            {"format": 1, "right": "backup/orders", "configuration": "/x.yml", "durable": true,
             "begun": "2026-11-21T00:00:00Z", "ended": {"state": "COMPLETED", "exitCode": 0, "at": "2026-11-21T00:01:00Z"}}""";

    @TempDir
    private Path folder;

    private Path run;

    @BeforeEach
    void make_a_folder() throws IOException {
        run = Files.createDirectory(
                folder.resolve("run"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(run.resolve("standalone.json"), ENDED);
    }

    @Test
    void a_private_folder_is_read() {
        assertThat(Called.in(folder, "resume", "run").exitCode()).isZero();
    }

    @Test
    void a_folder_into_which_others_can_look_is_refused() throws IOException {
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx--x---"));

        Called called = Called.in(folder, "resume", "run");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("others can look into", "chmod 700");
    }

    @Test
    void a_folder_of_another_user_is_refused() throws IOException {
        Path theirs = folder.resolve("theirs");
        boolean root = "root".equals(Files.getOwner(Path.of("/proc/self")).getName());
        if (root) {
            Files.createDirectory(theirs);
            Files.setAttribute(theirs, "unix:uid", 4711);
        } else {
            theirs = Path.of("/usr"); // the administrator's
        }
        Path other = theirs;

        assertThatThrownBy(() -> PrivateTemporal.take(other, said -> {}))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("the folder '%s' belongs to".formatted(other));
        assertThat(other.resolve("lock")).doesNotExist();
    }

    @Test
    void a_link_to_a_folder_is_refused() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), run);

        assertThat(Called.in(folder, "resume", "link").err()).contains("is not a folder but a link");
        assertThatThrownBy(() -> PrivateTemporal.take(folder.resolve("link"), said -> {}))
                .isInstanceOf(CommandException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "worker.process"})
    void a_link_in_the_place_of_a_file_is_refused_and_its_target_left_alone(String name) throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "mine");
        Files.createSymbolicLink(run.resolve(name), other);

        assertThatThrownBy(() -> PrivateTemporal.take(run, said -> {}))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("is a link");
        assertThat(other).hasContent("mine");
    }

    @Test
    void a_link_in_the_place_of_the_record_is_refused() throws IOException {
        Files.move(run.resolve("standalone.json"), folder.resolve("record"));
        Files.createSymbolicLink(run.resolve("standalone.json"), folder.resolve("record"));

        assertThat(Called.in(folder, "resume", "run").err()).contains("is a link");
    }
}
