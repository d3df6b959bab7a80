package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.signature.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitVerbTest {

    private static final String URL = "postgresql://me:s%40cr%2Bt+1@127.0.0.1:5433/sh%20op?sslmode=require";

    @TempDir
    Path folder;

    @Test
    void what_it_writes_can_be_loaded() {
        Called called = init("orders", URL, "store");

        assertThat(called.exitCode()).isZero();
        Settings settings = Settings.load(folder.resolve("lifeboat.yml"));
        assertThat(settings.server("orders").database()).isEqualTo("sh op");
        assertThat(settings.server("orders").port()).isEqualTo(5433);
        assertThat(settings.repository("main").folder()).contains(folder.resolve("store"));
        assertThat(called.out()).contains("lifeboat check", "lifeboat backup orders", "safe place");
    }

    @Test
    void the_password_goes_into_a_file_of_its_own() throws IOException {
        Called called = init("orders", URL, "store");

        assertThat(Files.readString(folder.resolve("lifeboat.yml"))).doesNotContain("cr%2Bt", "s@cr+t");
        assertThat(called.out() + called.err()).doesNotContain("cr%2Bt", "s@cr+t");
        Settings settings = Settings.load(folder.resolve("lifeboat.yml"));
        assertThat(settings.server("orders").password().orElseThrow().read()).isEqualTo("s@cr+t+1");
    }

    @Test
    void nobody_else_can_read_what_it_writes() throws IOException {
        init("orders", URL, "store");

        for (String file : new String[] {"lifeboat.yml", "lifeboat.key", "signing.key", "orders.password"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void the_key_decrypts_for_the_recipient_in_the_file() throws IOException {
        init("orders", "postgresql://me@db1/orders", "store");

        AgeIdentity identity = AgeIdentity.parse(Files.readString(folder.resolve("lifeboat.key")));
        assertThat(Settings.load(folder.resolve("lifeboat.yml"))
                        .repository("main")
                        .recipients())
                .containsExactly(identity.recipient());
        assertThat(folder.resolve("orders.password")).doesNotExist();
    }

    @Test
    void what_its_key_signs_is_trusted_here_and_elsewhere() throws IOException {
        Called called = init("orders", "postgresql://me@db1/orders", "store");

        Settings settings = Settings.load(folder.resolve("lifeboat.yml"));
        String publicKey = SigningKey.of(settings.signing()).orElseThrow().publicKey();
        assertThat(settings.signing().trusted()).containsExactly(publicKey);
        assertThat(TrustedKeys.of(settings.signing()).keys()).containsExactly(publicKey);
        assertThat(called.out() + called.err()).doesNotContain("PRIVATE KEY", "MC4CAQ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lifeboat.yml", "lifeboat.key", "signing.key", "orders.password"})
    void nothing_is_overwritten(String existing) throws IOException {
        Files.writeString(folder.resolve(existing), "mine");

        Called called = init("orders", URL, "store");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains(existing + "' is there already");
        assertThat(Files.readString(folder.resolve(existing))).isEqualTo("mine");
        assertThat(filesHere()).containsExactly(existing);
    }

    @ParameterizedTest
    @CsvSource({
        "Orders, postgresql://me@db1/orders, store",
        "../x, postgresql://me@db1/orders, store",
        "orders, jdbc:postgresql://db1/orders, store",
        "orders, mysql://me@db1/orders, store",
        "orders, postgresql://me@db1:port/orders, store",
        "orders, postgresql://me@db1/orders?password=hunter2, store",
        "orders, postgresql://me:100%@db1/orders, store",
        "orders, postgresql://me@db1/orders, s3://bucket/x",
        "orders, postgresql://me@db1/orders, /proc/nope/store"
    })
    void what_cannot_be_used_is_refused_and_leaves_nothing(String name, String url, String repository)
            throws IOException {
        Called called = init(name, url, repository);

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("hint: ").doesNotContain("hunter2", "100%@");
        assertThat(filesHere()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "a%40b%3Ac%2Fd%23e%3Ff, a@b:c/d#e?f",
        "a:b, a:b",
        "1+1, 1+1",
        "1%2B1%252B, 1+1%2B",
        "%25, %",
        "%c3%bcber, über",
        "über, über",
        "%F0%9F%94%91, \uD83D\uDD11",
        "%20blank%20, ' blank '"
    })
    void the_password_is_what_the_url_escapes(String typed, String meant) {
        assertThat(init("orders", "postgresql://me:%s@db1/orders".formatted(typed), "store")
                        .exitCode())
                .isZero();

        Settings settings = Settings.load(folder.resolve("lifeboat.yml"));
        assertThat(settings.server("orders").password().orElseThrow().read()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter%",
                "hunter%4",
                "hunter%4g",
                "hunter%%41",
                "hunter%-1",
                "hunter%+1",
                "hunter% 1",
                "hunter%u0041",
                "hunter%\uFF14\uFF11",
                "hunter%C3",
                "hunter%C3%28",
                "hunter%C0%80",
                "hunter%ED%A0%80",
                "hunter%FF",
                "hunter%00",
                "hunter%0A",
                "hunter%7F",
                "hunter%EF%BF%BD"
            })
    void a_password_with_bad_escapes_is_refused_and_not_repeated(String typed) throws IOException {
        Called called = init("orders", "postgresql://me:%s@db1/orders".formatted(typed), "store");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("the password in --database").doesNotContain("hunter");
        assertThat(filesHere()).isEmpty();
    }

    @Test
    void json_names_the_files_and_no_secret() {
        Called called = Called.in(
                folder,
                "init",
                "orders",
                "--json",
                "--database",
                URL,
                "--repository",
                folder.resolve("s").toString());

        assertThat(called.json().at("/settings").asText()).endsWith("lifeboat.yml");
        assertThat(called.json().at("/signingKey").asText()).endsWith("signing.key");
        assertThat(called.json().at("/signedBy").asText()).startsWith("MCowBQYDK2VwAyEA");
        assertThat(called.out()).doesNotContain("AGE-SECRET-KEY", "PRIVATE KEY", "s@cr");
    }

    private Called init(String name, String url, String repository) {
        return Called.in(folder, "init", name, "--database", url, "--repository", repository);
    }

    private Stream<String> filesHere() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
