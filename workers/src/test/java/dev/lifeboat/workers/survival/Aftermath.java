package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.repository.Inventory;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import dev.lifeboat.repository.verification.Verification;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What must be true after every disaster, whatever it was. */
final class Aftermath {

    private static final String RESTORED = "restored";

    private final Shop shop;

    Aftermath(Shop shop) {
        this.shop = shop;
    }

    /** Exactly one backup, the same bytes in both repositories, which bare tools restore, and nothing else of it. */
    Manifest oneGoodBackup() {
        Manifest manifest = oneGoodBackupAtHome();
        assertThat(copies()).as("copies in the far repository").hasSize(1);
        copied(manifest, shop.far());
        return manifest;
    }

    /** The same where nothing was copied yet: the far repository has the whole backup or none of it. */
    Manifest oneGoodBackupAtHome() {
        Inventory inventory = inventory();
        assertThat(inventory.entries()).as("committed backups").hasSize(1);
        assertThat(inventory.uncommitted()).as("backups without a manifest").isEmpty();
        assertThat(inventory.damaged()).as("damaged manifests").isEmpty();
        Manifest manifest = inventory.entries().getFirst().manifest();
        restores(manifest);
        verifies(manifest);
        onlyTheWinnerIsLeft(manifest, shop.repository());
        if (!copies().isEmpty()) {
            theSameIn(manifest, shop.far());
        }
        return manifest;
    }

    /** The whole backup lies in another repository, and nothing else of it. */
    void copied(Manifest manifest, Path other) {
        theSameIn(manifest, other);
        onlyTheWinnerIsLeft(manifest, other);
    }

    private List<Path> copies() {
        return files(shop.far()).stream()
                .filter(it -> it.endsWith("manifest.json"))
                .toList();
    }

    void verifies(Manifest manifest) {
        List<Check> checks = Verification.of(
                        open(shop.repository()),
                        manifest.backup(),
                        Optional.of(shop.identity()),
                        TrustedKeys.of(List.of(shop.signing().publicKey())),
                        (done, total) -> {})
                .run();
        assertThat(checks).isNotEmpty().allMatch(it -> it.verdict() == Verdict.PASS);
    }

    /** The same stored bytes lie in another repository. */
    void theSameIn(Manifest manifest, Path other) {
        for (Key key : Stream.concat(
                        Stream.of(Layout.manifest(manifest.backup())),
                        manifest.objects().stream().map(SealedObject::key))
                .toList()) {
            assertThat(other.resolve(key.value()))
                    .hasSameBinaryContentAs(shop.repository().resolve(key.value()));
        }
    }

    /** No backup, and no bytes of one: only the word that it was given up. */
    void noBackup() {
        assertThat(inventory().entries()).as("committed backups").isEmpty();
        assertThat(inventory().uncommitted()).as("backups without a manifest").isEmpty();
        assertThat(files(shop.repository().resolve("databases")))
                .as("what lies about below databases/, apart from claims")
                .filteredOn(it -> !it.toString().contains("/claims/"))
                .allMatch(it -> it.endsWith("manifest.json") && text(it).contains("givenUp"));
        assertThat(files(shop.far().resolve("databases")))
                .as("what lies about in the far repository")
                .isEmpty();
    }

    /** No child lives on, nobody else can read anything, and no secret is where it must not be. */
    void cleanAndSilent(WorkflowStub run) {
        noChildren();
        awaitNoLeftovers();
        shop.stopWorkers();
        assertThat(leftovers()).as("records and password files left behind").isEmpty();
        closedToOthers(shop.repository());
        closedToOthers(shop.far());
        closedToOthers(shop.state());
        assertThat(shop.commandLines().saw("pg_dump")).as("pg_dump was seen").isTrue();
        assertThat(shop.commandLines().telling()).as("arguments with a secret").isEmpty();
        String history = shop.history(run).getEvents().toString();
        assertThat(history).contains("BackUpDatabase").doesNotContain(shop.secrets());
        assertThat(text(shop.log())).contains("worker ready").doesNotContain(shop.secrets());
        assertThat(text(shop.temporalFile())).contains("BackUpDatabase").doesNotContain(shop.secrets());
        assertThat(Stream.of(shop.repository(), shop.far()).flatMap(it -> files(it).stream()))
                .allSatisfy(it -> assertThat(text(it)).as(it.toString()).doesNotContain(shop.secrets()));
    }

    /** An attempt that lost may still be putting its things away when the run has ended. */
    void awaitNoLeftovers() {
        await("records and password files to be gone from the worker's folder")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(leftovers()).isEmpty());
    }

    /** Records of child processes and password files in the folder of the workers. */
    List<Path> leftovers() {
        return files(shop.state()).stream()
                .filter(it -> it.toString().endsWith(".pgpass") || it.toString().endsWith(".properties"))
                .toList();
    }

    void noChildren() {
        assertThat(children()).as("child processes that live on").isEmpty();
    }

    void awaitNoChildren() {
        await("the end of all children")
                .atMost(Duration.ofSeconds(30))
                .until(() -> children().isEmpty());
    }

    /** Every pg_dump of this shop's server, whoever started it. */
    List<ProcessHandle> children() {
        String server = "PGPORT=" + shop.postgres().port();
        return ProcessHandle.allProcesses()
                .filter(it -> CommandLines.read(Path.of("/proc/%d/cmdline".formatted(it.pid())))
                        .contains("pg_dump"))
                .filter(it -> CommandLines.read(Path.of("/proc/%d/environ".formatted(it.pid())))
                        .contains(server))
                .toList();
    }

    Inventory inventory() {
        return open(shop.repository()).inventory(Optional.of(Shop.DATABASE));
    }

    private static Key dump(Manifest manifest) {
        return manifest.objects().stream()
                .map(SealedObject::key)
                .filter(it -> it.name().endsWith(".dump.zst.age"))
                .findFirst()
                .orElseThrow();
    }

    private void restores(Manifest manifest) {
        Path stored = shop.repository().resolve(dump(manifest).value());
        Path dump = shop.state().resolveSibling("restored.dump");
        Path key = shop.state().resolveSibling("age.key");
        bash("age -d -i '%s' '%s' | zstd -dqf -o '%s'".formatted(key, stored, dump));
        shop.postgres().execute("postgres", "DROP DATABASE IF EXISTS " + RESTORED);
        shop.postgres().createDatabase(RESTORED);
        shop.postgres().client("pg_restore", "--exit-on-error", "-d", RESTORED, dump.toString());
        for (String table : List.of("orders", "\"odd \"\"name\"")) {
            String rows = "SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM "
                    + table + " t";
            assertThat(shop.postgres().query(RESTORED, rows))
                    .as("the rows of " + table)
                    .isEqualTo(shop.postgres().query(Shop.DATABASE, rows));
        }
    }

    // What a killed process was writing is only known to be nobody's after an hour; so an hour is let pass here.
    private void onlyTheWinnerIsLeft(Manifest manifest, Path repository) {
        Key data = Layout.data(manifest.backup());
        open(repository).store().sweepUploads(data, Instant.MAX);
        Path winner = repository.resolve(
                Layout.attempt(manifest.backup(), manifest.attempt()).value());
        assertThat(files(repository.resolve(data.value())))
                .as("stored objects of the backup: only the winner's")
                .isNotEmpty()
                .allMatch(it -> it.startsWith(winner));
    }

    private static Repository open(Path repository) {
        return Repository.open(Stores.open("file:" + repository));
    }

    private static void closedToOthers(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all)
                    .allSatisfy(it -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(it)))
                            .as("who may read " + it)
                            .endsWith("------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        return TestFolders.files(folder);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void bash(String script) {
        try {
            Process process = new ProcessBuilder("bash", "-c", "set -euo pipefail; " + script)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
