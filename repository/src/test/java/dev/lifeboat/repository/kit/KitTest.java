package dev.lifeboat.repository.kit;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Compression;
import dev.lifeboat.repository.Engine;
import dev.lifeboat.repository.Extension;
import dev.lifeboat.repository.Labels;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.Snapshot;
import dev.lifeboat.repository.Source;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.seal.AgeKeys;
import dev.lifeboat.repository.seal.Seal;
import dev.lifeboat.repository.seal.SealedOutput;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.seal.Tools;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.repository.store.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitTest {

    private static final BackupId ORDERS = new BackupId("orders-20261121T020000Z-k3x9");
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private final AgeIdentity ann = AgeKeys.generate();
    private final SigningKey key = SigningKey.generate();
    private Optional<SigningKey> signedBy = Optional.of(key);
    private final String dump = "not really a dump\n".repeat(20_000);

    @TempDir
    Path folder;

    private Path kit;
    private Path root;
    private Repository repository;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(folder.resolve("it's a repository")).toRealPath();
        kit = folder.resolve("it's a kit");
        repository = Repository.openOrCreate(Stores.open("file:" + root.toUri().getRawPath()));
    }

    @Test
    void holds_all_that_is_needed_but_the_key() throws IOException {
        Manifest manifest = commit();
        Kit.Written written = Kit.write(repository, ORDERS, kit);

        assertThat(written.files())
                .containsExactly(
                        "orders.dump.zst.age", "manifest.json", "rows.txt", "rows.sql", "RESTORE.md", "SHA256SUMS");
        assertThat(written.storedBytes()).isEqualTo(manifest.storedBytes());
        assertThat(Files.readAllBytes(kit.resolve("manifest.json")))
                .isEqualTo(repository.store().read(Layout.manifest(ORDERS)).orElseThrow());
        assertThat(kit.resolve("RESTORE.md"))
                .content()
                .doesNotContain("{{", "}}")
                .contains(ann.recipient(), "pg_trgm");
        try (Stream<Path> files = Files.list(kit)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void is_on_the_disk_with_every_folder_that_was_made_before_anybody_carries_it_away() throws IOException {
        commit();
        Path inNewFolders = folder.resolve("one/two/kit");
        Path recorded = folder.resolve("kit.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            Kit.write(repository, ORDERS, inNewFolders);
            recording.stop();
            recording.dump(recorded);
        }

        List<String> forced = RecordingFile.readAllEvents(recorded).stream()
                .map(it -> String.valueOf(it.getString("path")))
                .toList();
        try (Stream<Path> files = Files.list(inNewFolders)) {
            assertThat(forced).containsAll(files.map(Path::toString).toList());
        }
        assertThat(forced)
                .contains(
                        inNewFolders.toString(),
                        folder.resolve("one/two").toString(),
                        folder.resolve("one").toString(),
                        folder.toString());
    }

    @Test
    void bare_tools_open_it_as_its_page_says() throws Exception {
        Tools.need("bash", "sha256sum", "age", "zstd", "cp", "openssl");
        commit();
        Kit.write(repository, ORDERS, kit);
        Files.writeString(kit.resolve("age.key"), ann.text());

        Tools.bash(kit, String.join("\n", blocks().subList(0, 5)));

        assertThat(kit.resolve("orders.dump")).content().isEqualTo(dump);
    }

    @Test
    void its_page_fetches_the_data_when_only_the_page_was_kept() throws Exception {
        Tools.need("bash", "sha256sum", "age", "zstd", "cp", "openssl");
        commit();
        Kit.write(repository, ORDERS, kit);
        Files.writeString(kit.resolve("age.key"), ann.text());
        Files.delete(kit.resolve("orders.dump.zst.age"));

        Tools.bash(kit, String.join("\n", blocks().subList(0, 5)));

        assertThat(kit.resolve("orders.dump")).content().isEqualTo(dump);
    }

    @Test
    void its_page_stops_at_the_step_that_fails() throws Exception {
        Tools.need("bash", "sha256sum", "age", "zstd", "openssl");
        commit();
        Kit.write(repository, ORDERS, kit);
        Files.writeString(kit.resolve("age.key"), AgeKeys.generate().text());
        assertStops(5, "no identity matched");

        Files.writeString(kit.resolve("age.key"), ann.text());
        byte[] sealed = Files.readAllBytes(kit.resolve("orders.dump.zst.age"));
        sealed[sealed.length / 2] ^= 1;
        Files.write(kit.resolve("orders.dump.zst.age"), sealed);
        assertStops(3, "orders.dump.zst.age: FAILED");
    }

    @Test
    void its_page_shows_who_signed_it_and_stops_when_that_is_not_so() throws Exception {
        Tools.need("bash", "sha256sum", "age", "zstd", "openssl");
        commit();
        Kit.write(repository, ORDERS, kit);
        assertThat(kit.resolve("RESTORE.md")).content().contains(key.publicKey());
        assertThat(Tools.bash(kit, String.join("\n", blocks().subList(0, 4))))
                .contains("Signature Verified Successfully");

        Path manifest = kit.resolve("manifest.json");
        String forged = Files.readString(manifest).replace("\"rows\": 1000", "\"rows\": 1001");
        Files.writeString(manifest, forged);
        Path sums = kit.resolve("SHA256SUMS");
        Files.writeString(
                sums,
                Files.readString(sums)
                        .replaceAll(
                                "[0-9a-f]{64}  manifest.json",
                                Tally.of(forged.getBytes(UTF_8)).sha256() + "  manifest.json"));
        assertStops(4, "Signature Verification Failure");
    }

    @Test
    void without_a_signature_its_page_says_so_and_opens_all_the_same() throws Exception {
        Tools.need("bash", "sha256sum", "age", "zstd");
        signedBy = Optional.empty();
        commit();
        Kit.write(repository, ORDERS, kit);
        assertThat(kit.resolve("RESTORE.md")).content().contains("This backup is not signed");
        Files.writeString(kit.resolve("age.key"), ann.text());

        Tools.bash(kit, String.join("\n", blocks().subList(0, 4)));

        assertThat(kit.resolve("orders.dump")).content().isEqualTo(dump);
    }

    @Test
    void a_manifest_that_is_not_what_was_signed_gives_no_kit() throws IOException {
        commit();
        Path manifest = root.resolve(Layout.manifest(ORDERS).value());
        Files.writeString(manifest, Files.readString(manifest).replace("\"rows\": 1000", "\"rows\": 1001"));
        assertRefused(DAMAGED, "is not what was signed");
        assertThat(kit).doesNotExist();
    }

    @Test
    void rows_are_compared_where_they_were_counted_and_named_where_not() throws IOException {
        commit();
        Kit.write(repository, ORDERS, kit);

        assertThat(kit.resolve("rows.txt")).hasContent("\"public\".\"or\"\"de'rs\" 1000\n");
        assertThat(kit.resolve("rows.sql"))
                .hasContent(
                        "SELECT '\"public\".\"or\"\"de''rs\"' || ' ' || count(*) FROM ONLY \"public\".\"or\"\"de'rs\";\n");
        assertThat(kit.resolve("RESTORE.md")).content().contains("public.cache: unlogged, not on a standby");
    }

    @Test
    void the_database_is_created_as_the_original_was() throws IOException {
        commit();
        Kit.write(repository, ORDERS, kit);
        assertThat(kit.resolve("RESTORE.md"))
                .content()
                .contains(
                        "createdb --template=template0 --encoding='UTF8' --lc-collate='de_DE.UTF-8' --lc-ctype='C'\\''x'"
                                + " --locale-provider='icu' '--icu-locale=de-DE' \"$TARGET\"");
    }

    @Test
    void a_folder_with_something_in_it_is_refused() throws IOException {
        commit();
        Files.createDirectory(kit);
        Files.writeString(kit.resolve("mine"), "x");
        assertRefused(UNSUITABLE, "is not empty");
        assertThat(kit.resolve("mine")).hasContent("x");
        Files.delete(kit.resolve("mine"));
        Kit.write(repository, ORDERS, kit);
        assertRefused(UNSUITABLE, "is not empty");
    }

    @Test
    void a_file_in_its_place_is_refused() throws IOException {
        commit();
        Files.writeString(kit, "x");
        assertRefused(UNSUITABLE, "is a file");
    }

    @Test
    void data_that_was_changed_gives_no_kit_and_leaves_nothing() throws IOException {
        Manifest manifest = commit();
        Path stored = root.resolve(manifest.objects().getFirst().key().value());
        byte[] changed = Files.readAllBytes(stored);
        changed[changed.length / 2] ^= 1;
        Files.write(stored, changed);
        assertRefused(DAMAGED, "orders.dump.zst.age");
        assertThat(kit).doesNotExist();
        Files.createDirectory(kit);
        assertRefused(DAMAGED, "orders.dump.zst.age");
        assertThat(kit).isEmptyDirectory();
    }

    @Test
    void a_backup_that_is_not_there_is_said_to_be_so() {
        assertRefused(NOT_FOUND, ORDERS.value());
        assertThat(kit).doesNotExist();
    }

    private void assertRefused(StoreException.Problem problem, String words) {
        StoreException e = catchThrowableOfType(StoreException.class, () -> Kit.write(repository, ORDERS, kit));
        assertThat(e).hasMessageContaining(words);
        assertThat(e.problem()).isEqualTo(problem);
    }

    private void assertStops(int step, String words) throws Exception {
        String script = String.join("\n", blocks().subList(0, step)) + "\necho went on";
        assertThat(Tools.run(kit, List.of("bash", "-c", script), 1))
                .contains(words)
                .doesNotContain("went on");
    }

    private List<String> blocks() throws IOException {
        Matcher matcher = BLOCK.matcher(Files.readString(kit.resolve("RESTORE.md")));
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private Manifest commit() throws IOException {
        Key key = Layout.object(ORDERS, "a1", "orders.dump.zst.age");
        SealedOutput sealed;
        try (Upload upload = repository.store().begin(key)) {
            sealed = Seal.writer(upload, List.of(ann.recipient()), 1);
            try (sealed) {
                sealed.write(dump.getBytes(UTF_8));
            }
            upload.commit();
        }
        SealedObject object = new SealedObject(
                key,
                key.name(),
                sealed.plain().bytes(),
                sealed.plain().sha256(),
                sealed.stored().bytes(),
                sealed.stored().sha256());
        Attempt attempt = attempt(object);
        repository.writeAttempt(attempt);
        Manifest manifest = Manifest.of(attempt, Labels.NONE);
        repository.commit(manifest, signedBy);
        return manifest;
    }

    private Attempt attempt(SealedObject object) {
        Instant begun = ORDERS.takenAt();
        return new Attempt(
                "a1",
                "backup-" + ORDERS,
                ORDERS,
                "orders",
                new Engine("pg_dump", "18.1"),
                source(),
                new Snapshot(begun, "0/1A2B3C8", false),
                List.of(object),
                List.of(
                        TableCount.counted("public", "or\"de'rs", 1000),
                        TableCount.notCounted("public", "cache", "unlogged, not on a standby")),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(ann.recipient()),
                new Compression("zstd", 1),
                begun,
                begun.plusSeconds(60),
                List.of());
    }

    private static Source source() {
        return new Source(
                "7300000000000000000",
                "Orders `rm -rf` {{target}}",
                "17.6",
                List.of(new Extension("pg_trgm", "1.6")),
                "UTF8",
                "de_DE.UTF-8",
                "C'x",
                Optional.of("icu"),
                Optional.of("de-DE"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1);
    }
}
