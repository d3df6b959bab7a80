package dev.lifeboat.repository.seal;

import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.repository.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeKeysTest {

    private final AgeIdentity ann = AgeKeys.generate();

    @TempDir
    Path folder;

    @Test
    void a_new_key_looks_like_one_of_age_keygen() {
        assertThat(ann.text())
                .matches("# created: \\S+Z\n# public key: age1[0-9a-z]{58}\nAGE-SECRET-KEY-1[0-9A-Z]{58}\n");
        assertThat(ann.text()).contains("# public key: " + ann.recipient() + "\n");
        assertThat(AgeKeys.generate().recipient()).isNotEqualTo(ann.recipient());
    }

    @Test
    void age_keygen_finds_the_same_public_key() throws Exception {
        Tools.need("bash", "age-keygen");
        Files.writeString(folder.resolve("key"), ann.text());
        assertThat(Tools.bash(folder, "age-keygen -y key").strip()).isEqualTo(ann.recipient());
        Tools.bash(folder, "age-keygen -o theirs 2> /dev/null");
        String theirs = Files.readString(folder.resolve("theirs"));
        assertThat(theirs).contains("# public key: " + AgeIdentity.parse(theirs).recipient() + "\n");
    }

    @Test
    void a_key_is_read_from_its_file_with_other_lines_and_ends_around_it() {
        String secret = secret();
        for (String content : List.of(ann.text(), secret, "\r\n# mine\r\n" + secret + "\r\n", "  " + secret + "  ")) {
            assertThat(AgeIdentity.parse(content).recipient()).isEqualTo(ann.recipient());
        }
    }

    @Test
    void a_file_may_hold_an_old_key_beside_the_new_one() {
        AgeIdentity old = AgeKeys.generate();
        AgeIdentity both = AgeIdentity.parse(ann.text() + old.text());
        assertThat(both.recipients()).containsExactly(ann.recipient(), old.recipient());
        assertThat(AgeIdentity.parse(both.text()).recipients()).isEqualTo(both.recipients());
    }

    @Test
    void the_secret_is_shown_by_nothing_but_its_text() {
        assertThat(ann.toString()).contains(ann.recipient()).doesNotContain("SECRET");
        String mistyped = secret().replaceFirst(".$", "B").replaceFirst("KEY-1..", "KEY-1QQ");
        for (String bad :
                List.of(mistyped, secret().substring(0, 40), "x" + secret(), secret().toLowerCase(Locale.ROOT))) {
            StoreException e = catchThrowableOfType(StoreException.class, () -> AgeIdentity.parse(bad));
            assertThat(e.problem()).isEqualTo(UNSUITABLE);
            StringWriter everything = new StringWriter();
            e.printStackTrace(new PrintWriter(everything));
            assertThat(everything.toString() + e.hint()).doesNotContain(bad.substring(20, 30));
        }
        StoreException e = catchThrowableOfType(StoreException.class, () -> AgeRecipients.check(secret()));
        assertThat(e).hasMessageContaining("secret key").hasMessageNotContaining(secret().substring(20, 30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "# only a comment",
                "age1qqq",
                "-----BEGIN OPENSSH PRIVATE KEY-----",
                "age-encryption.org/v1",
                "password",
                "AGE-SECRET-KEY-1"
            })
    void what_is_no_identity_is_refused_in_words(String content) {
        StoreException e = catchThrowableOfType(StoreException.class, () -> AgeIdentity.parse(content));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e.hint()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "age1",
                "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq",
                "ssh-ed25519 AAAA",
                "AGE1ABC",
                "age1\u0000"
            })
    void what_is_no_recipient_is_refused_in_words(String recipient) {
        StoreException e = catchThrowableOfType(StoreException.class, () -> AgeRecipients.check(recipient));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e.hint()).isNotBlank();
    }

    @Test
    void one_wrong_character_in_a_recipient_is_found() {
        AgeRecipients.check(ann.recipient());
        for (int i = 4; i < 62; i++) {
            char other = ann.recipient().charAt(i) == 'q' ? 'p' : 'q';
            String mistyped =
                    ann.recipient().substring(0, i) + other + ann.recipient().substring(i + 1);
            assertThat(catchThrowableOfType(StoreException.class, () -> AgeRecipients.check(mistyped)))
                    .isNotNull();
        }
    }

    private String secret() {
        return ann.text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .findFirst()
                .orElseThrow();
    }
}
