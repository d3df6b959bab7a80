package dev.lifeboat.repository.signature;

import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.repository.seal.Tools;
import dev.lifeboat.repository.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

    // A test key: it vouches for nothing.
    private static final String SECRET = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";
    private static final String PEM = "-----BEGIN PRIVATE KEY-----\n" + SECRET + "\n-----END PRIVATE KEY-----\n";

    @TempDir
    Path folder;

    @Test
    void its_public_half_is_the_one_of_the_standard() {
        // RFC 8032, 7.1, test 1.
        assertThat(SigningKey.parse(PEM).publicKey())
                .isEqualTo("MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
        assertThat(SigningKey.parse(PEM).pem()).isEqualTo(PEM);
        assertThat(SigningKey.parse(PEM.strip()).pem()).isEqualTo(PEM);
    }

    @Test
    void a_new_key_comes_back_as_it_was_written() {
        SigningKey key = SigningKey.generate();
        assertThat(SigningKey.parse(key.pem()).publicKey()).isEqualTo(key.publicKey());
        assertThat(SigningKey.generate().publicKey()).isNotEqualTo(key.publicKey());
    }

    @Test
    void keys_of_openssl_are_read_and_give_the_same_public_half() throws Exception {
        Tools.need("openssl");
        String pem = Tools.run(folder, List.of("openssl", "genpkey", "-algorithm", "ed25519"), 0);
        Tools.bash(
                folder, "openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout > pub.pem");
        String written = java.nio.file.Files.readString(folder.resolve("key.pem"));
        String open = java.nio.file.Files.readString(folder.resolve("pub.pem"));

        assertThat(SigningKey.parse(pem).pem()).isEqualTo(pem);
        assertThat(open).contains(SigningKey.parse(written).publicKey());
    }

    @Test
    void shows_its_secret_to_nobody() {
        assertThat(SigningKey.parse(PEM))
                .asString()
                .contains("MCowBQYDK2VwAyEA")
                .doesNotContain("nWGxne");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cretWord",
                "-----BEGIN PRIVATE KEY-----\ns3cretWord\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\ns3cretWord\n-----END ENCRYPTED PRIVATE KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n"
            })
    void what_is_no_key_is_refused_without_being_shown(String text) {
        StoreException e = catchThrowableOfType(StoreException.class, () -> SigningKey.parse(text));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e.hint()).contains("openssl genpkey");
        assertThat(e).hasNoCause();
        assertThat(e.getMessage()).doesNotContain("s3cretWord", "MC4CAQ", "MCowBQ");
    }
}
