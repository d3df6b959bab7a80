package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TempDir
    Path folder;

    static Stream<String> verbs() {
        return Stream.of(
                "demo",
                "init",
                "check",
                "up",
                "worker",
                "backup",
                "backups",
                "backups show",
                "copies",
                "verify",
                "kit",
                "schedules",
                "schedules apply",
                "schedules list",
                "schedules pause",
                "schedules resume",
                "schedules trigger",
                "runs",
                "show",
                "resume",
                "watch",
                "cancel",
                "answer",
                "version");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void every_verb_has_help_with_an_example(String verb) {
        Called called = Called.in(folder, (verb + " --help").split(" "));

        assertThat(called.exitCode()).isZero();
        assertThat(called.out()).contains("Usage: lifeboat " + verb, "Example", "  lifeboat " + verb, "--config=FILE");
        assertThat(called.err()).isEmpty();
    }

    @Test
    void the_list_of_verbs_is_complete() {
        Called called = Called.in(folder, "--help");

        assertThat(called.out())
                .contains(verbs().filter(verb -> !verb.contains(" "))
                        .map(verb -> "  " + verb)
                        .toList());
    }

    @Test
    void without_a_verb_it_says_which_there_are() {
        Called called = Called.in(folder);

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("Verbs:", "backup");
        assertThat(called.out()).isEmpty();
    }

    @Test
    void a_mistyped_verb_is_answered_with_the_nearest_one() {
        Called called = Called.in(folder, "bakcup", "orders");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("there is no verb 'bakcup'", "Did you mean 'backup'?");
    }

    @Test
    void a_mistyped_option_is_named_with_where_to_look() {
        Called called = Called.in(folder, "backup", "orders", "--tga", "daily");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err())
                .contains("there is no option '--tga'", "Did you mean '--tag'?", "lifeboat backup --help");
    }

    @Test
    void a_missing_database_is_named() {
        Called called = Called.in(folder, "backup");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("missing required parameter: 'DATABASE'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-12-31", "tomorrow", "2026-12-31T00:00:00", ""})
    void an_instant_without_an_offset_is_refused(String instant) {
        Called called = Called.in(folder, "backup", "orders", "--keep-until", instant);

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("no time with an offset, such as 2026-12-31T00:00:00Z");
    }

    @Test
    void an_instant_in_the_past_is_refused() throws IOException {
        writeSettings();

        Called called = Called.in(folder, "backup", "orders", "--keep-until", "2001-01-01T00:00:00+01:00");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("--keep-until 2000-12-31T23:00:00Z is in the past");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Daily", "pre deploy", "-x", "ü", ""})
    void a_tag_that_is_none_is_refused(String tag) {
        assertThat(Called.in(folder, "backup", "orders", "--tag=" + tag).exitCode())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "two\nlines", "\u001b[31mred"})
    void a_reason_that_would_spoil_a_terminal_is_refused(String reason) {
        Called called = Called.in(folder, "backup", "orders", "--hold", reason);

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"o'rders", "or\"ders", "my orders", "😀", "../orders", "orders;drop", "\u001b[2Jorders", "a\nb"})
    void a_hostile_database_name_is_refused_in_one_harmless_line(String name) throws IOException {
        writeSettings();

        Called called = Called.in(folder, "backup", name);

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err().lines()).hasSize(2);
        assertThat(called.err()).contains("there is no database", "orders").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "orders", "orders-20261321T000000Z-k3x9", "😀", "\u001b[2J"})
    void a_hostile_backup_id_is_refused_in_words(String id) throws IOException {
        writeSettings();

        Called called = Called.in(folder, "kit", id, "--to", "kit");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err())
                .contains("'lifeboat backups' lists what there is")
                .doesNotContain("\u001b");
        assertThat(folder.resolve("kit")).doesNotExist();
    }

    @Test
    void json_is_one_document_even_for_a_wrong_command_line() {
        Called called = Called.in(folder, "backup", "--json");

        assertThat(called.json().at("/error/exitCode").asInt()).isEqualTo(2);
        assertThat(called.json().at("/error/problem").asText()).contains("DATABASE");
    }

    @Test
    void json_is_one_document_when_there_is_no_configuration() {
        Called called = Called.in(folder, "runs", "--json");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.json().at("/error/hint").asText()).contains("lifeboat init");
    }

    @Test
    void what_every_verb_understands_may_stand_before_the_verb() {
        assertThat(Called.in(folder, "--json", "version")
                        .json()
                        .at("/temporalSdk")
                        .asText())
                .startsWith("1.");
    }

    @Test
    void every_problem_of_a_configuration_is_told_on_a_line_of_its_own() throws IOException {
        Files.writeString(folder.resolve("lifeboat.yml"), "repositoriez: {}\ndatabasez: {}\n");

        Called called = Called.in(folder, "backups");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("lifeboat.yml:1", "repositoriez", "databasez");
        assertThat(called.err().lines()).anyMatch(line -> line.matches(".*lifeboat\\.yml:2.*databasez.*"));
        assertThat(called.err().lines().count()).isGreaterThan(3);
    }

    @Test
    void a_mistake_shows_no_trace_unless_asked() throws IOException {
        writeSettings();

        assertThat(Called.in(folder, "backup", "nope").err()).doesNotContain("\tat ");
        assertThat(Called.in(folder, "backup", "nope", "--verbose").err()).contains("\tat dev.lifeboat");
    }

    @Test
    void temporal_that_does_not_answer_ends_with_5_and_says_what_to_do() throws IOException {
        writeSettings();

        Called called = Called.in(folder, "runs", "--json");

        assertThat(called.exitCode()).isEqualTo(5);
        assertThat(called.json().at("/error/problem").asText()).contains("Temporal does not answer at '127.0.0.1:1'");
        assertThat(called.err()).contains("lifeboat up");
    }

    @Test
    void a_repository_that_is_not_there_ends_with_5() throws IOException {
        writeSettings();

        Called called = Called.in(folder, "backups", "--json");

        assertThat(called.exitCode()).isEqualTo(5);
        assertThat(called.json().at("/unreachable/0/repository").asText()).isEqualTo("main");
    }

    private void writeSettings() throws IOException {
        Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main:
                    url: "file:store"
                    recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk]
                temporal: { address: "127.0.0.1:1" }
                databases:
                  orders: { url: "postgresql://me@127.0.0.1/orders" }
                """);
    }
}
