package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code ops/systemd} starts on a host's own timer, read by the command that it starts. */
class BackupUnitTest {

    private static final Path UNIT =
            Path.of(System.getProperty("lifeboat.root"), "ops/systemd/lifeboat-backup@.service");

    @Test
    void the_command_understands_what_the_timer_starts() throws IOException {
        CommandLine.ParseResult parsed = Lifeboat.commandLine(Surroundings.ofProcess())
                .parseArgs(words())
                .subcommand();

        assertThat(parsed.commandSpec().name()).isEqualTo("backup");
        assertThat(parsed.matchedPositional(0).originalStringValues()).containsExactly("orders");
        assertThat(parsed.hasMatchedOption("--standalone")).isTrue();
        assertThat(parsed.matchedOption("--if-older-than").getValue().toString())
                .contains("PT26H");
        assertThat(parsed.matchedOption("--config").originalStringValues())
                .containsExactly("/etc/lifeboat/lifeboat.yml");
    }

    /** As systemd hands them over for {@code lifeboat-backup@orders}. */
    private static String[] words() throws IOException {
        List<String> commands = Files.readAllLines(UNIT).stream()
                .filter(it -> it.startsWith("Exec"))
                .toList();
        assertThat(commands).singleElement().asString().startsWith("ExecStart=/opt/lifeboat/lifeboat ");
        String[] words = commands.getFirst().replace("%i", "orders").split(" ", -1);
        return Arrays.copyOfRange(words, 1, words.length);
    }
}
