package dev.lifeboat.configuration;

import static dev.lifeboat.configuration.Written.MAIN;
import static dev.lifeboat.configuration.Written.SIMPLE;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are no settings at all. */
class BadFilesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @Timeout(60) // what it guards against takes many minutes; a busy machine may take ten seconds
    @MethodSource
    void gives_one_clear_message(Mistake mistake) throws IOException {
        Path file = Files.writeString(folder.resolve("lifeboat.yml"), mistake.text());

        assertThat(refusal(file)).startsWith(mistake.message()).contains("\nHint: ");
    }

    static Stream<Mistake> gives_one_clear_message() {
        String bomb =
                "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n";
        return Stream.of(
                new Mistake("empty", "", "lifeboat.yml: the file is empty"),
                new Mistake("blank", " \n\n", "lifeboat.yml: the file is empty"),
                new Mistake("only comments", "# nothing\n", "lifeboat.yml:1: not a list of keys"),
                new Mistake("one word", "hello", "lifeboat.yml:1: not a list of keys"),
                new Mistake("a list", "- a", "lifeboat.yml:1: not a list of keys"),
                new Mistake("tab", "a:\n\tb: 1", "lifeboat.yml:2: not YAML: a tab\nHint: indent with spaces."),
                new Mistake("open bracket", "a: 1\nb: [1, 2", "lifeboat.yml:2: not YAML\n"),
                new Mistake("open quote", "a: 1\nb: 'x", "lifeboat.yml:2: not YAML\n"),
                new Mistake(
                        "control character", "a: 1\nb: \u0001", "lifeboat.yml:2: a character that YAML does not allow"),
                new Mistake("zero bytes", "a: 1\n\n\0\0\0", "lifeboat.yml:3: a character that YAML does not allow"),
                new Mistake("two documents", "a: 1\n---\nb: 2", "lifeboat.yml:2: a second YAML document begins here"),
                new Mistake(
                        "key that is a list", "? [a]\n: 1", "lifeboat.yml:1: a list or map where a key is expected"),
                new Mistake("alias bomb", bomb, "lifeboat.yml:2: an alias (*name) is not allowed"),
                new Mistake("alias of nothing", "a: *b", "lifeboat.yml:1: an alias (*name) is not allowed"),
                new Mistake("alias of itself", "a: &a [*a]", "lifeboat.yml:1: an alias (*name) is not allowed"),
                new Mistake(
                        "deeper than anybody writes",
                        "a: " + "[".repeat(1_000_000),
                        "lifeboat.yml: not YAML that can be read, or nested too deeply"),
                new Mistake(
                        "10 MB",
                        ("#" + "x".repeat(99) + "\n").repeat(100_000),
                        "lifeboat.yml: the file is larger than 1 MiB"),
                new Mistake("1 MiB of keys", keys(), "lifeboat.yml:1: repositories: no repository is defined"));
    }

    private static String keys() {
        return IntStream.range(0, 90_000)
                .mapToObj(number -> "k" + number + ": 1\n")
                .collect(joining());
    }

    @Test
    void two_databases_of_one_name_are_refused_with_both_lines() throws IOException {
        Path file = Written.file(folder, MAIN + SIMPLE + "  simple: { url: \"postgresql://u@h/other\" }\n");

        assertThat(refusal(file))
                .isEqualTo(
                        "lifeboat.yml:5: databases.simple: written twice, first on line 4\nHint: rename or remove one of the two.");
    }

    @Test
    void a_file_in_another_encoding_is_named_with_its_line() throws IOException {
        Path file =
                Files.write(folder.resolve("lifeboat.yml"), "a: 1\nb: Müller\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusal(file)).startsWith("lifeboat.yml:2: the file is not UTF-8 text");
        Files.write(file, "a: 1\nb: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusal(file)).startsWith("lifeboat.yml:2: the file is not UTF-8 text");
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_do_no_harm() {
        Path file = Written.file(folder, "\uFEFF" + (MAIN + SIMPLE).replace("\n", "\r\n"));

        assertThat(Settings.load(file, Map.of()).databases()).containsOnlyKeys("simple");
    }

    @Test
    void a_folder_in_place_of_the_file_is_said() {
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> Settings.load(folder)))
                .hasMessageStartingWith(folder + ": this is a folder, not a file\nHint: ");
    }

    @Test
    void a_file_that_is_not_there_is_said() {
        assertThat(refusal(folder.resolve("lifeboat.yml"))).startsWith("lifeboat.yml: there is no such file\nHint: ");
    }

    @Test
    void a_file_that_cannot_be_opened_is_said() throws IOException {
        Path loop = Files.createSymbolicLink(folder.resolve("lifeboat.yml"), Path.of("lifeboat.yml"));

        assertThat(refusal(loop)).startsWith("lifeboat.yml: the file cannot be read\nHint: ");
    }

    @Test
    void a_file_that_may_not_be_read_names_the_user() throws IOException {
        Path file = Written.file(folder, MAIN + SIMPLE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");

        assertThat(refusal(file)).startsWith("lifeboat.yml: the file may not be read by user '");
    }

    private String refusal(Path file) {
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> Settings.load(file, Map.of()));
        assertThat(thrown).hasNoCause();
        return thrown.getMessage().replace(folder + "/", "");
    }
}
