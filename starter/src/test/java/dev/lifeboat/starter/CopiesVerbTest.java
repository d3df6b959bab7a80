package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb on copies of the golden repository, {@code main} and {@code far}, without Temporal. */
class CopiesVerbTest {

    private static final Path GOLDEN = Path.of("../repository/src/test/resources/golden/repository");
    private static final String BACKUP = "orders-20261121T041500Z-gold";
    private static final String OLDER = "orders-20261121T031500Z-kkkk";

    @TempDir
    Path folder;

    @BeforeEach
    void set_up() throws IOException {
        copy(folder.resolve("main"));
        copy(folder.resolve("far"));
        Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main: { url: "file:main", recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }
                  far: { url: "file:far", recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }
                temporal: { address: "127.0.0.1:1" }
                databases:
                  orders: { url: "postgresql://x@127.0.0.1:1/orders", backup: { to: [main, far] } }
                """);
    }

    @Test
    void complete_is_what_every_repository_has() {
        Called called = Called.in(folder, "copies");

        assertThat(called.exitCode()).as(called.err()).isZero();
        assertThat(called.out().lines()).first().asString().matches("BACKUP +COPIES +STATE +main +far");
        assertThat(called.out().lines().skip(1))
                .allMatch(line -> line.matches("orders-\\S+ +2 of 2 +COMPLETE +here +here"))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void what_is_missing_ends_with_1_also_without_temporal() throws IOException {
        Files.delete(backup("far", BACKUP).resolve("manifest.json"));

        Called called = Called.in(folder, "copies", "orders");

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.out()).containsPattern(BACKUP + " +1 of 2 +INCOMPLETE +here +missing");
        assertThat(called.out()).containsPattern(OLDER + " +2 of 2 +COMPLETE");
        assertThat(called.err()).contains("docs/runbooks/copy-backup.md");
        assertThat(Called.in(folder, "copies", OLDER).exitCode()).isZero();
    }

    @Test
    void damage_is_named_with_its_object() throws IOException {
        Files.delete(backup("main", BACKUP).resolve("data/a-01234567/" + BACKUP + ".dump.zst.age"));
        Files.writeString(backup("far", OLDER).resolve("manifest.json"), "{");

        JsonNode json = Called.in(folder, "copies", "--json").json();

        assertThat(json.at("/backups/0/backup").asText()).isEqualTo(BACKUP);
        assertThat(json.at("/backups/0/complete").asBoolean()).isFalse();
        assertThat(json.at("/backups/0/here").asInt()).isEqualTo(1);
        assertThat(json.at("/backups/0/copies/0/state").asText()).isEqualTo("DAMAGED");
        assertThat(json.at("/backups/0/copies/0/why").asText()).contains(".dump.zst.age' is missing");
        assertThat(json.at("/backups/0/copies/1/state").asText()).isEqualTo("HERE");
        assertThat(json.at("/backups/0/copies/1/run").isNull()).isTrue();
        assertThat(Called.in(folder, "copies", OLDER).out()).contains("damaged");
    }

    @Test
    void copies_with_other_manifests_are_no_copies() throws IOException {
        Path manifest = backup("far", BACKUP).resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest) + "\n");

        Called called = Called.in(folder, "copies", BACKUP);

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.err()).contains("its manifest is not what was signed");
    }

    @Test
    void an_edited_manifest_is_blamed_and_not_the_good_copy() throws IOException {
        Path manifest = backup("main", BACKUP).resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("pg_dump", "pg_dumb"));
        assertThat(Called.in(folder, "copies", BACKUP).out()).containsPattern("1 of 2 +INCOMPLETE +damaged +here");

        // The signature taken away as well, which leaves a manifest that nobody vouches for.
        Files.writeString(manifest, Files.readString(manifest).replaceFirst(",\\n  \"signature\": [^\\n]*", ""));
        Called called = Called.in(folder, "copies", BACKUP);
        assertThat(called.out()).containsPattern("1 of 2 +INCOMPLETE +damaged +here");
        assertThat(called.err()).contains("its manifest is not that of the other copies");
    }

    @Test
    void copies_that_nobody_can_tell_apart_are_said_to_differ() throws IOException {
        Path manifest = backup("main", OLDER).resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest) + "\n");

        Called called = Called.in(folder, "copies", OLDER);

        assertThat(called.out()).containsPattern("0 of 2 +INCOMPLETE +damaged +damaged");
        assertThat(called.err()).contains("the manifests of the copies differ");
    }

    @Test
    void a_repository_that_is_away_is_said_and_none_at_all_ends_with_5() throws IOException {
        Files.move(folder.resolve("far"), folder.resolve("away"));
        Called one = Called.in(folder, "copies");
        assertThat(one.exitCode()).isEqualTo(1);
        assertThat(one.out()).containsPattern(BACKUP + " +1 of 2 +INCOMPLETE +here +unreachable");

        Files.move(folder.resolve("main"), folder.resolve("gone"));
        Called none = Called.in(folder, "copies");
        assertThat(none.exitCode()).isEqualTo(5);
        assertThat(none.out()).isEmpty();
        assertThat(Called.in(folder, "copies", BACKUP).exitCode()).isEqualTo(5);
    }

    @Test
    void what_is_not_there_ends_with_2() {
        assertThat(Called.in(folder, "copies", "orders-20201121T041500Z-none").exitCode())
                .isEqualTo(2);
        assertThat(Called.in(folder, "copies", "Or\u001bders").exitCode()).isEqualTo(2);
    }

    private Path backup(String repository, String id) {
        return folder.resolve(repository + "/databases/orders/backups/" + id);
    }

    private static void copy(Path to) throws IOException {
        try (Stream<Path> all = Files.walk(GOLDEN)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(GOLDEN.relativize(each).toString()));
            }
        }
    }
}
