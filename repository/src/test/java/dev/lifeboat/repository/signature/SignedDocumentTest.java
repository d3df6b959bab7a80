package dev.lifeboat.repository.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.repository.seal.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedDocumentTest {

    private static final String DOCUMENT = "{\n  \"format\": 2,\n  \"name\": \"ü\"\n}\n";

    private final SigningKey key = SigningKey.generate();
    private final TrustedKeys trusted = TrustedKeys.of(List.of(key.publicKey()));
    private final String signed = new String(SignedDocument.sign(DOCUMENT.getBytes(UTF_8), key), UTF_8);

    @TempDir
    Path folder;

    @Test
    void is_good_to_those_who_trust_its_key_and_untrusted_to_others() {
        assertThat(judge(signed, trusted)).isEqualTo(new Judgement.Good(key.publicKey()));
        assertThat(judge(signed, TrustedKeys.of(List.of(SigningKey.generate().publicKey()))))
                .isEqualTo(new Judgement.Untrusted(key.publicKey()));
        assertThat(judge(DOCUMENT, trusted)).isEqualTo(new Judgement.Unsigned());
    }

    @Test
    void a_trusted_key_may_be_written_without_its_padding() {
        TrustedKeys bare = TrustedKeys.of(List.of(key.publicKey().replace("=", "")));
        assertThat(judge(signed, bare)).isEqualTo(new Judgement.Good(key.publicKey()));
    }

    @Test
    void is_the_same_bytes_each_time() {
        assertThat(SignedDocument.sign(DOCUMENT.getBytes(UTF_8), key))
                .asString(UTF_8)
                .isEqualTo(signed);
        assertThat(signed)
                .startsWith(DOCUMENT.substring(0, DOCUMENT.length() - 3) + ",\n  \"signature\": \"ed25519:MCow");
    }

    @Test
    void bare_tools_verify_it() throws Exception {
        Tools.need("bash", "head", "openssl", "sed", "base64");
        Files.writeString(folder.resolve("manifest.json"), signed);
        Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n".formatted(key.publicKey()));
        String verify = """
                head -n -2 manifest.json > signed
                sed -nE '$!{h};${x;s/^  "signature": "ed25519:.*:(.*)"$/\\1/p}' manifest.json | base64 -d > signature
                openssl pkeyutl -verify -rawin -pubin -inkey key.pem -in signed -sigfile signature""";
        assertThat(Tools.run(folder, List.of("bash", "-euo", "pipefail", "-c", verify), 0))
                .contains("Verified Success");

        Files.writeString(folder.resolve("manifest.json"), signed.replace("\"format\": 2", "\"format\": 3"));
        Tools.run(folder, List.of("bash", "-euo", "pipefail", "-c", verify), 1);
    }

    @Test
    void no_changed_byte_passes() {
        byte[] bytes = signed.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) (1 << bit);
                assertThat(SignedDocument.of(changed).judge(trusted, true))
                        .as("byte %d, bit %d", i, bit)
                        .isNotInstanceOf(Judgement.Good.class)
                        .isNotInstanceOf(Judgement.Unsigned.class);
            }
        }
    }

    @Test
    void nothing_added_taken_away_or_moved_passes() {
        Random random = new Random(7);
        String line = signed.substring(signed.indexOf("  \"signature\""), signed.length() - 2);
        List<String> tricks = List.of(
                signed + " ",
                signed + "\n",
                signed.substring(0, signed.length() - 1),
                signed + "{}",
                " " + signed,
                signed.replace("\n}\n", "\r\n}\n"),
                signed.replace("  \"signature\"", "   \"signature\""),
                signed.replace("\"signature\": ", "\"signature\" : "),
                signed.replace("\"signature\"", "\"\\u0073ignature\""),
                signed.replace("\"signature\"", "\"Signature\""),
                signed.replace("ed25519:", "ED25519:"),
                signed.replace(line, line.stripTrailing() + ",\n" + line),
                line + signed,
                "{\n" + line.stripTrailing() + ",\n" + signed.substring(2),
                signed.replace("==\"", "=\""),
                signed.replace("==\"", "\""),
                signed.substring(random.nextInt(signed.length())));
        for (String trick : tricks) {
            assertThat(SignedDocument.of(trick.getBytes(UTF_8)).judge(trusted, true))
                    .as(trick)
                    .isInstanceOf(Judgement.Bad.class);
        }
    }

    @Test
    void a_signature_of_another_document_does_not_pass() {
        String other = new String(SignedDocument.sign("{\n  \"format\": 9\n}\n".getBytes(UTF_8), key), UTF_8);
        String line = other.substring(other.indexOf("  \"signature\""));
        String moved = signed.substring(0, signed.indexOf("  \"signature\"")) + line;
        assertThat(judge(moved, trusted)).isInstanceOf(Judgement.Bad.class);
    }

    @Test
    void only_documents_of_our_shape_are_signed() {
        for (String text : List.of("", "{}", "{}\n", "{\n}", "[\n]\n")) {
            assertThatThrownBy(() -> SignedDocument.sign(text.getBytes(UTF_8), key))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Judgement judge(String text, TrustedKeys trusted) {
        return SignedDocument.of(text.getBytes(UTF_8)).judge(trusted, text.contains("ignature"));
    }
}
