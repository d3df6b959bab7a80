package dev.lifeboat.configuration;

import static dev.lifeboat.configuration.Written.MAIN;
import static dev.lifeboat.configuration.Written.SIMPLE;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person reads who made a mistake: each case is a file and the one message it gets. */
class BadSettingsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource({
        "dev.lifeboat.configuration.BadValues#all",
        "dev.lifeboat.configuration.BadReferences#all",
        "dev.lifeboat.configuration.BadSchedules#all"
    })
    void says_file_line_path_and_the_next_move(Mistake mistake) {
        ConfigurationException thrown = refusal(mistake.text());

        assertThat(message(thrown)).startsWith(mistake.message());
        assertThat(thrown.problems()).hasSize(1);
        assertThat(thrown.problems().getFirst().hint()).isNotBlank();
        assertThat(thrown).hasNoCause();
    }

    @Test
    void a_bad_name_is_explained() {
        assertThat(message(refusal(MAIN + "databases:\n  '../etc': { url: \"postgresql://u@h/o\" }")))
                .isEqualTo("lifeboat.yml:4: databases.\"../etc\": '../etc' cannot be a name: a name becomes an id and a"
                        + " folder, so it has 1 to 63 of a-z, 0-9, '-' and '_' and begins with a letter or digit\n"
                        + "Hint: choose a short name here, such as 'orders'; the server's own name of the database goes"
                        + " under 'name:' or into the url.");
    }

    @Test
    void all_problems_are_told_at_once_in_the_order_of_their_reading() {
        ConfigurationException thrown = refusal("""
                repositories:
                  main: { url: "s3://R", recipients: [x] }
                clusters:
                  c: { url: "http://h", extra: 1 }
                databases:
                  a: { cluster: c, backup: { to: [mian], give-up-after: 1w } }
                  b: { cluster: d }
                """);

        assertThat(thrown.problems())
                .extracting(problem -> problem.line() + " " + problem.path())
                .containsExactly(
                        "2 repositories.main.url",
                        "2 repositories.main.recipients[0]",
                        "4 clusters.c.url",
                        "4 clusters.c.extra",
                        "6 databases.a.backup.to[0]",
                        "6 databases.a.backup.give-up-after",
                        "7 databases.b.cluster");
    }

    @Test
    void a_thousand_mistakes_are_counted_instead_of_listed() {
        String mistakes = IntStream.range(0, 1000)
                .mapToObj(number -> "x" + number + ": 1\n")
                .collect(joining());

        ConfigurationException thrown = refusal(MAIN + SIMPLE + mistakes);

        assertThat(thrown.problems()).hasSize(50);
        assertThat(thrown).hasMessageEndingWith("… and 950 more");
    }

    @Test
    void what_a_terminal_would_obey_is_shown_as_a_code() {
        assertThat(message(refusal(MAIN + "databases:\n  \"\\e[31mred\": 1")))
                .contains("\\u001b[31mred")
                .doesNotContain("\u001b");
    }

    @Test
    void spelling_and_names_do_not_depend_on_the_locale() {
        Locale before = Locale.getDefault();
        Locale ofNumbers = Locale.getDefault(Locale.Category.FORMAT);
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(message(refusal(MAIN + SIMPLE.replace("{ url", "{ BACKUP: 1, url"))))
                    .contains("did you mean 'backup'?");
            assertThat(message(refusal(MAIN.replace("url", "MINIMUMFRE: 1, url") + SIMPLE)))
                    .contains("did you mean 'minimum-free'?");
        } finally {
            Locale.setDefault(before);
            Locale.setDefault(Locale.Category.FORMAT, ofNumbers);
        }
    }

    private ConfigurationException refusal(String text) {
        return catchThrowableOfType(ConfigurationException.class, () -> Written.load(folder, text));
    }

    private String message(ConfigurationException thrown) {
        return thrown.getMessage().replace(folder + "/", "");
    }
}
