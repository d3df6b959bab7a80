package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.repository.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb on two copies of the golden repository, {@code main} and {@code far}. */
class VerifyVerbTest {

    private static final Path GOLDEN = Path.of("../repository/src/test/resources/golden");
    private static final String BACKUP = "orders-20261121T041500Z-gold";
    private static final String OLDER = "orders-20261121T031500Z-kkkk";

    @TempDir
    Path folder;

    private String trusted = "";

    @BeforeEach
    void set_up() throws IOException {
        copy(GOLDEN.resolve("repository"), folder.resolve("main"));
        copy(GOLDEN.resolve("repository"), folder.resolve("far"));
        Files.copy(GOLDEN.resolve("TEST-identity.txt"), folder.resolve("age.key"));
        permit("rw-------");
        trusted = Files.readString(GOLDEN.resolve("TEST-signing.public")).strip();
        writeSettings("trusted: [%s]".formatted(trusted), "identity: file:age.key");
    }

    @Test
    void a_good_backup_passes_with_one_line_a_check() {
        Called called = Called.in(folder, "verify", BACKUP);

        assertThat(called.exitCode()).isZero();
        assertThat(called.out().lines()).first().isEqualTo(BACKUP + " in 'main'");
        assertThat(called.out())
                .contains("PASS         signature: by " + trusted, "PASS         tables: 5 of 5 as taken")
                .contains("17 of 17 checks passed")
                .doesNotContain("table public.customers", "FAIL");
        assertThat(called.err()).isEmpty();
    }

    @Test
    void verbose_shows_every_table_with_harmless_names() {
        Called called = Called.in(folder, "verify", BACKUP, "--verbose", "--repository", "far");

        assertThat(called.exitCode()).isZero();
        assertThat(called.out())
                .contains(BACKUP + " in 'far'", "PASS         table public.customers: 300 rows")
                .contains("public.odd \"name: 2 rows")
                .doesNotContain("tables: ");
    }

    @Test
    void the_full_log_is_kept_for_thirty_days() throws IOException {
        Path logs = Files.createDirectories(folder.resolve("state/verifications"));
        Path old = Files.writeString(logs.resolve("old.verify.log"), "old");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        Path young = Files.writeString(logs.resolve("young.verify.log"), "young");
        Files.setLastModifiedTime(young, FileTime.from(Instant.now().minus(Duration.ofDays(29))));

        Path log = Path.of(
                Called.in(folder, "verify", BACKUP, "--json").json().at("/log").asText());

        assertThat(Files.readString(log))
                .contains(BACKUP + " in 'main'", "PASS         table public.customers: 300 rows", "17 of 17 checks");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo("rw-------");
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(Called.in(folder, "verify", BACKUP).out()).contains("full log: ");
    }

    @Test
    void a_log_that_cannot_be_kept_changes_no_verdict() throws IOException {
        Files.writeString(folder.resolve("state"), "not a folder");

        Called called = Called.in(folder, "verify", BACKUP);

        assertThat(called.exitCode()).isZero();
        assertThat(called.err()).contains("the full log could not be kept in");
    }

    @Test
    void a_flipped_bit_ends_with_1_and_names_the_object_and_the_other_copy() throws IOException {
        damage("main");

        Called called = Called.in(folder, "verify", BACKUP);

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.out())
                .contains("FAIL         stored databases/orders/backups/" + BACKUP, "its SHA-256 is")
                .contains("lifeboat verify " + BACKUP + " --repository far");
        assertThat(Called.in(folder, "verify", BACKUP, "--repository", "far").exitCode())
                .isZero();
        assertThat(Called.in(folder, "verify", OLDER).exitCode()).as("unsigned").isEqualTo(1);
    }

    @Test
    void a_damaged_manifest_is_verified_and_not_passed_over() throws IOException {
        Files.writeString(backup("main").resolve("manifest.json"), "{");

        Called called = Called.in(folder, "verify", BACKUP);

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.out()).contains("FAIL         manifest: ", "is damaged", "--repository far");
    }

    @Test
    void a_kit_is_taken_from_the_repository_that_has_it_whole() throws IOException {
        Files.writeString(backup("main").resolve("manifest.json"), "{");

        Called called = Called.in(folder, "kit", BACKUP, "--to", "kit", "--json");

        assertThat(called.exitCode()).as(called.err()).isZero();
        assertThat(called.json().at("/repository").asText()).isEqualTo("far");
    }

    @Test
    void a_folder_in_place_of_the_manifest_is_damage() throws IOException {
        Path manifest = backup("main").resolve("manifest.json");
        Files.delete(manifest);
        Files.createDirectory(manifest);
        Files.writeString(manifest.resolve("x"), "x");

        assertThat(Called.in(folder, "verify", BACKUP).exitCode()).isEqualTo(1);
        Called listed = Called.in(folder, "backups", "--json");
        assertThat(listed.exitCode()).isEqualTo(1);
        assertThat(listed.json().at("/damaged/0/why").asText()).contains("it is a folder");
        assertThat(listed.json().at("/uncommitted")).isEmpty();
    }

    @Test
    void what_could_not_be_looked_at_ends_with_3() throws IOException {
        writeSettings("trusted: [%s]".formatted(trusted), "");
        Called keyless = Called.in(folder, "verify", BACKUP);
        assertThat(keyless.exitCode()).isEqualTo(3);
        assertThat(keyless.out()).contains("INCONCLUSIVE opens", "no key is at hand", "INCONCLUSIVE dump");

        writeSettings("trusted: []", "identity: file:age.key");
        Called trustless = Called.in(folder, "verify", BACKUP);
        assertThat(trustless.exitCode()).isEqualTo(3);
        assertThat(trustless.out()).contains("INCONCLUSIVE signature: by " + trusted, "hint: ", "signing.trusted");
    }

    @Test
    void a_backup_signed_by_somebody_else_fails() throws IOException {
        writeSettings("trusted: [%s]".formatted(SigningKey.generate().publicKey()), "identity: file:age.key");

        Called called = Called.in(folder, "verify", BACKUP);

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.out()).contains("FAIL         signature: by " + trusted + ", which is not trusted here");
    }

    @Test
    void the_secret_signing_key_is_needed_only_where_nobody_is_trusted_by_name() throws IOException {
        writeSettings("key: file:gone.key, trusted: [%s]".formatted(trusted), "identity: file:age.key");
        assertThat(Called.in(folder, "verify", BACKUP).exitCode()).isZero();

        writeSettings("key: file:gone.key", "identity: file:age.key");
        Called called = Called.in(folder, "verify", BACKUP);
        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("gone.key' does not exist");
    }

    @Test
    void a_kit_is_made_of_what_others_signed_and_says_so() throws IOException {
        assertThat(Called.in(folder, "kit", BACKUP, "--to", "good").err()).isEmpty();

        Called older = Called.in(folder, "kit", OLDER, "--to", "older");
        assertThat(older.exitCode()).isZero();
        assertThat(older.err()).contains("not signed by a key that is trusted here", "lifeboat verify " + OLDER);
        assertThat(kitAs("unsigned", OLDER)).isEqualTo("UNSIGNED");
        assertThat(kitAs("signed", BACKUP)).isEqualTo("GOOD");
    }

    @Test
    void a_kit_says_so_when_only_our_own_key_is_trusted_or_nobody_is() throws IOException {
        Path own = Files.writeString(
                folder.resolve("own.key"), SigningKey.generate().pem());
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-------"));
        writeSettings("key: file:own.key", "");
        assertThat(Called.in(folder, "kit", BACKUP, "--to", "forged").err()).contains("not signed by a key");
        assertThat(kitAs("others", BACKUP)).isEqualTo("UNTRUSTED");

        writeSettings("trusted: []", "");
        assertThat(Called.in(folder, "kit", BACKUP, "--to", "nobody").err()).contains("nobody is trusted here");
        writeSettings("key: file:gone.key", "");
        Called keyless = Called.in(folder, "kit", BACKUP, "--to", "keyless");
        assertThat(keyless.exitCode()).isZero();
        assertThat(keyless.err()).contains("gone.key", "nobody is trusted here");
    }

    private String kitAs(String to, String backup) {
        return Called.in(folder, "kit", backup, "--to", to, "--json")
                .json()
                .at("/signature")
                .asText();
    }

    @Test
    void an_identity_that_cannot_be_used_ends_with_2_before_anything_is_read() throws IOException {
        Files.delete(folder.resolve("main/repository.json"));

        permit("rw-r--r--");
        Called readable = Called.in(folder, "verify", BACKUP);
        assertThat(readable.exitCode()).isEqualTo(2);
        assertThat(readable.err()).contains("may be read by others", "hmod 600");

        permit("rw-------");
        Files.writeString(folder.resolve("age.key"), "AGE-SECRET-KEY-1S3CRET\n");
        Called wrong = Called.in(folder, "verify", BACKUP);
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("cannot be used").doesNotContain("S3CRET");

        Files.delete(folder.resolve("age.key"));
        Called missing = Called.in(folder, "verify", BACKUP);
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("does not exist");
    }

    @Test
    void what_is_not_there_ends_with_2_and_what_cannot_be_reached_with_5() throws IOException {
        assertThat(Called.in(folder, "verify", "orders-20201121T041500Z-none").exitCode())
                .isEqualTo(2);
        assertThat(Called.in(folder, "verify", BACKUP, "--repository", "nowhere")
                        .exitCode())
                .isEqualTo(2);
        assertThat(Called.in(folder, "verify", "\u001b[2J").exitCode()).isEqualTo(2);

        Files.move(folder.resolve("main"), folder.resolve("away"));
        Called elsewhere = Called.in(folder, "verify", BACKUP);
        assertThat(elsewhere.exitCode()).isZero();
        assertThat(elsewhere.out()).startsWith(BACKUP + " in 'far'");
        assertThat(Called.in(folder, "verify", BACKUP, "--repository", "main").exitCode())
                .isEqualTo(5);
    }

    @Test
    void a_damaged_repository_file_is_damage_with_a_hint_of_its_own() throws IOException {
        Files.writeString(folder.resolve("main/repository.json"), "{");

        Called called = Called.in(folder, "verify", BACKUP, "--repository", "main");

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.err()).contains("repository.json", "is damaged", "with a new UUID");
        assertThat(Called.in(folder, "backups").exitCode()).isEqualTo(1);
    }

    @Test
    void json_tells_every_check() throws IOException {
        damage("main");

        JsonNode json = Called.in(folder, "verify", BACKUP, "--json").json();

        assertThat(json.at("/backup").asText()).isEqualTo(BACKUP);
        assertThat(json.at("/repository").asText()).isEqualTo("main");
        assertThat(json.at("/verdict").asText()).isEqualTo("FAIL");
        assertThat(json.at("/total").asInt()).isEqualTo(json.at("/checks").size());
        assertThat(json.at("/checks/3/check").asText()).isEqualTo("stored");
        assertThat(json.at("/checks/3/subject").asText()).endsWith(".dump.zst.age");
        assertThat(json.at("/checks/3/verdict").asText()).isEqualTo("FAIL");
        assertThat(json.at("/alsoIn/0").asText()).isEqualTo("far");
    }

    private Path backup(String repository) {
        return folder.resolve(repository + "/databases/orders/backups/" + BACKUP);
    }

    private void damage(String repository) throws IOException {
        Path object = backup(repository).resolve("data/a-01234567/" + BACKUP + ".dump.zst.age");
        byte[] bytes = Files.readAllBytes(object);
        bytes[bytes.length / 2] ^= 4;
        Files.write(object, bytes);
    }

    private void permit(String permissions) throws IOException {
        Files.setPosixFilePermissions(folder.resolve("age.key"), PosixFilePermissions.fromString(permissions));
    }

    private void writeSettings(String signing, String identity) throws IOException {
        String recipient = "age1x4jparex3tf4pxhf4gqjef8adqemgxjaymx3jw76k3s2gxezdq5qv436hs";
        Files.writeString(
                folder.resolve("lifeboat.yml"), """
                repositories:
                  main:
                    url: "file:main"
                    recipients: [%s]
                    %s
                  far:
                    url: "file:far"
                    recipients: [%s]
                    %s
                signing: { %s }
                databases:
                  orders: { url: "postgresql://me@127.0.0.1/orders", backup: { to: [main] } }
                worker: { state: state }
                """.formatted(recipient, identity, recipient, identity, signing));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
