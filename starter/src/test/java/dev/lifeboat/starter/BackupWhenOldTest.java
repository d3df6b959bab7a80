package dev.lifeboat.starter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.repository.signature.SignedDocument;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.TinyTemporal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code backup --if-older-than} where Temporal does not answer: so who starts a backup ends with 5. */
@Timeout(60)
class BackupWhenOldTest {

    private static final Path GOLDEN = Path.of("../repository/src/test/resources/golden/repository");
    private static final String BACKUP = "orders-20261121T041500Z-gold";

    @TempDir
    Path folder;

    @BeforeEach
    void setUp() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                Path copy =
                        folder.resolve("main").resolve(GOLDEN.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        // Unsigned, and not what these tests are about.
        Files.delete(folder.resolve("main/databases/orders/backups/orders-20261121T031500Z-kkkk/manifest.json"));
        Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main: { url: "file:main", recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }
                temporal: { address: "127.0.0.1:1" }
                databases:
                  orders: { url: "postgresql://x@127.0.0.1:1/orders" }
                """);
    }

    @Test
    void a_younger_backup_is_enough_and_nothing_is_started() throws IOException {
        takenAgo(Duration.ofHours(25).plusMinutes(59));

        Called called = Called.in(folder, "backup", "orders", "--if-older-than", "26h");

        assertThat(called.exitCode()).as(called.err()).isZero();
        assertThat(called.out()).contains("the newest backup '%s' is 1 d 1 h old".formatted(BACKUP), "nothing to do");
        assertThat(Called.in(folder, "backup", "orders", "--if-older-than", "26h", "--json")
                        .json()
                        .at("/started")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void an_older_one_is_not_enough() throws IOException {
        takenAgo(Duration.ofHours(26).plusMinutes(1));

        Called called = Called.in(folder, "backup", "orders", "--if-older-than", "26h");

        assertThat(called.exitCode()).isEqualTo(5);
        assertThat(called.err()).contains("the newest backup '%s' is 1 d 2 h old".formatted(BACKUP));
    }

    @Test
    void the_moment_that_counts_is_that_of_the_snapshot_and_not_the_name() throws IOException {
        takenAgo(Duration.ofDays(400));

        assertThat(Called.in(folder, "backup", "orders", "--if-older-than", "399d")
                        .exitCode())
                .isEqualTo(5);
        assertThat(Called.in(folder, "backup", "orders", "--if-older-than", "401d")
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"repository.json", "missing"})
    void a_repository_that_cannot_be_read_gets_a_backup_rather_than_none(String how) throws IOException {
        takenAgo(Duration.ofHours(1));
        Path main = folder.resolve("main");
        if (how.equals("missing")) {
            Files.move(main, folder.resolve("elsewhere"));
        } else {
            Files.writeString(main.resolve(how), "garbage");
        }

        Called called = Called.in(folder, "backup", "orders", "--if-older-than", "26h");

        assertThat(called.exitCode()).isEqualTo(5);
        assertThat(called.err())
                .contains("cannot be read", "making a backup rather than none")
                .doesNotContain("\tat ");
    }

    @Test
    void a_run_that_was_going_on_and_ends_without_a_young_backup_is_followed_by_another_one() throws Exception {
        takenAgo(Duration.ofDays(3));
        try (TinyTemporal temporal = new TinyTemporal().withWorker()) {
            Path file = folder.resolve("lifeboat.yml");
            Files.writeString(file, Files.readString(file).replace("127.0.0.1:1\"", temporal.address() + "\""));
            RunAddress before = temporal.start("slowly");

            ByteArrayOutputStream said = new ByteArrayOutputStream();
            CompletableFuture<Called> called = CompletableFuture.supplyAsync(
                    () -> Called.in(folder, Map.of(), said, "backup", "orders", "--if-older-than", "26h", "--json"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> said.toString(UTF_8).contains("watching that one"));
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(20)).until(() -> !called.isDone());
            temporal.letGo();

            Called ended = called.get(40, TimeUnit.SECONDS);
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err())
                    .contains("watching that one", "has ended, and", "is 3 d 0 h old; making another one");
            assertThat(ended.json().at("/temporalRunId").asText()).isNotEqualTo(before.runId());
        }
    }

    @Test
    void a_moment_that_is_still_to_come_keeps_nobody_from_a_backup() throws IOException {
        takenAgo(Duration.ofDays(-30));

        Called called = Called.in(folder, "backup", "orders", "--if-older-than", "26h");

        assertThat(called.exitCode()).isEqualTo(5);
        assertThat(called.err()).contains("a moment that is still to come", "rather than none");
    }

    @Test
    void where_keys_are_trusted_no_other_backup_is_young_enough() throws IOException {
        SigningKey key = SigningKey.generate();
        Files.writeString(
                folder.resolve("lifeboat.yml"),
                "signing: { trusted: [\"%s\"] }\n".formatted(key.publicKey()),
                StandardOpenOption.APPEND);
        takenAgo(Duration.ofHours(1), text -> SignedDocument.sign(text.getBytes(UTF_8), key));
        assertThat(Called.in(folder, "backup", "orders", "--if-older-than", "26h")
                        .exitCode())
                .isZero();

        for (Function<String, byte[]> forged : List.<Function<String, byte[]>>of(
                text -> text.getBytes(UTF_8),
                text -> SignedDocument.sign(text.getBytes(UTF_8), SigningKey.generate()))) {
            takenAgo(Duration.ofHours(1), forged);

            Called called = Called.in(folder, "backup", "orders", "--if-older-than", "26h");

            assertThat(called.exitCode()).isEqualTo(5);
            assertThat(called.err()).contains("none of the 1 backups of 'orders'", "rather than none");
        }
    }

    @Test
    void no_backup_at_all_is_old() throws IOException {
        try (Stream<Path> manifests = Files.walk(folder.resolve("main/databases"))) {
            for (Path manifest :
                    manifests.filter(it -> it.endsWith("manifest.json")).toList()) {
                Files.delete(manifest);
            }
        }

        assertThat(Called.in(folder, "backup", "orders", "--if-older-than", "26h")
                        .err())
                .contains("there is no backup of 'orders' in 'main'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"26", "0h", "26 h", "1w", "-1h", ""})
    void a_limit_is_a_number_and_a_unit(String typed) {
        Called called = Called.in(folder, "backup", "orders", "--if-older-than", typed);

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.err()).contains("is no length of time");
    }

    @Test
    void what_does_not_go_together_is_refused() {
        assertThat(Called.in(folder, "backup", "orders", "--standalone", "--no-wait")
                        .err())
                .contains("cannot go without waiting");
        assertThat(Called.in(folder, "backup", "orders", "--dir", "x").err()).contains("belong to --standalone");
        assertThat(Called.in(folder, "backup", "orders", "--reason", "x").err()).contains("belongs to --take-over");
        assertThat(Called.in(folder, "backup", "orders", "--take-over", "x").err())
                .contains("'x' is not the name of a run");
    }

    private void takenAgo(Duration ago) throws IOException {
        takenAgo(ago, text -> text.getBytes(UTF_8));
    }

    private void takenAgo(Duration ago, Function<String, byte[]> signed) throws IOException {
        String taken = Instant.now().minus(ago).truncatedTo(ChronoUnit.SECONDS).toString();
        Path manifest = folder.resolve("main/databases/orders/backups/" + BACKUP + "/manifest.json");
        String text = Files.readString(manifest);
        String changed = text.replaceFirst(",\n  \"signature\".*", "")
                .replaceFirst("(\"snapshot\": \\{\\s*\"time\": \")[^\"]+", "$1" + taken);
        assertThat(changed).isNotEqualTo(text);
        Files.write(manifest, signed.apply(changed));
    }
}
