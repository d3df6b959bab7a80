package dev.lifeboat.repository;

import static dev.lifeboat.repository.Samples.ORDERS;
import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.repository.signature.Judgement;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.StoreException.Problem;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.repository.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {

    private final SigningKey key = SigningKey.generate();

    @TempDir
    Path folder;

    private Repository home;
    private Repository far;
    private Manifest manifest;

    @BeforeEach
    void open() throws IOException {
        home = Repository.openOrCreate(Stores.open("file:" + Files.createDirectory(folder.resolve("home"))));
        far = Repository.openOrCreate(Stores.open("file:" + Files.createDirectory(folder.resolve("far"))));
        manifest = Manifest.of(Samples.sealed(home, ORDERS, "a1", "one"), Samples.labels());
    }

    @Test
    void a_signed_backup_is_committed_once_and_read_by_all() {
        assertThat(home.commit(manifest, Optional.of(key))).isEqualTo(CommitResult.COMMITTED);
        assertThat(home.commit(manifest, Optional.of(key))).isEqualTo(CommitResult.ALREADY_THERE);
        assertThat(home.manifest(ORDERS)).contains(manifest);
        assertThat(home.inventory(Optional.empty()).entries()).hasSize(1);
        assertThat(home.signedManifest(ORDERS).orElseThrow().judge(TrustedKeys.of(List.of(key.publicKey()))))
                .isEqualTo(new Judgement.Good(key.publicKey()));
    }

    @Test
    void another_key_or_none_does_not_commit_over_it() {
        home.commit(manifest, Optional.of(key));
        assertProblem(EXISTS, () -> home.commit(manifest, Optional.of(SigningKey.generate())));
        assertProblem(EXISTS, () -> home.commit(manifest, Optional.empty()));
    }

    @Test
    void a_copy_counts_with_the_very_same_manifest() {
        byte[] bytes = committed();
        copyObjects();
        assertThat(far.commitCopy(ORDERS, bytes)).isEqualTo(CommitResult.COMMITTED);
        assertThat(far.commitCopy(ORDERS, bytes)).isEqualTo(CommitResult.ALREADY_THERE);
        assertThat(far.manifestBytes(ORDERS).orElseThrow()).isEqualTo(bytes);
    }

    @Test
    void a_copy_without_its_objects_does_not_count() throws IOException {
        byte[] bytes = committed();
        assertProblem(NOT_FOUND, () -> far.commitCopy(ORDERS, bytes));
        copyObjects();
        Path object = folder.resolve("far")
                .resolve(manifest.objects().getFirst().key().value());
        Files.writeString(object, "on");
        assertProblem(DAMAGED, () -> far.commitCopy(ORDERS, bytes));
        Files.delete(object);
        assertProblem(NOT_FOUND, () -> far.commitCopy(ORDERS, bytes));
        assertThat(far.manifest(ORDERS)).isEmpty();
    }

    @Test
    void what_is_no_manifest_of_this_backup_does_not_count() {
        byte[] bytes = committed();
        copyObjects();
        BackupId other = new BackupId("orders-20261121T020000Z-aaaa");
        assertProblem(DAMAGED, () -> far.commitCopy(other, bytes));
        assertProblem(DAMAGED, () -> far.commitCopy(ORDERS, new GivenUp(ORDERS).bytes()));
        assertProblem(DAMAGED, () -> far.commitCopy(ORDERS, "{}".getBytes(UTF_8)));
        assertProblem(
                UNSUITABLE,
                () -> far.commitCopy(
                        ORDERS,
                        new String(bytes, UTF_8)
                                .replace("\"format\": 2", "\"format\": 3")
                                .getBytes(UTF_8)));
        assertThat(far.manifestBytes(ORDERS)).isEmpty();
    }

    @Test
    void a_copy_that_was_given_up_does_not_count_any_more() {
        byte[] bytes = committed();
        far.discard(ORDERS);
        copyObjects();
        assertProblem(EXISTS, () -> far.commitCopy(ORDERS, bytes));
    }

    @Test
    void a_folder_in_place_of_the_manifest_is_damage() {
        home.store().create(Layout.manifest(ORDERS).child("x"), new byte[1]);
        assertProblem(DAMAGED, () -> home.manifest(ORDERS));
        assertThat(home.inventory(Optional.empty()).damaged()).hasSize(1);
        assertThat(home.inventory(Optional.empty()).uncommitted()).isEmpty();
    }

    @Test
    void a_damaged_repository_file_says_that_the_backups_may_be_whole() throws IOException {
        Files.writeString(folder.resolve("home").resolve(Layout.repository().value()), "{");
        StoreException e = catchThrowableOfType(StoreException.class, () -> Repository.open(home.store()));
        assertThat(e.problem()).isEqualTo(DAMAGED);
        assertThat(e.hint()).contains("may be whole");
    }

    private byte[] committed() {
        home.commit(manifest, Optional.of(key));
        return home.manifestBytes(ORDERS).orElseThrow();
    }

    private void copyObjects() {
        for (StoredObject object : home.store().list(Layout.data(ORDERS))) {
            try (InputStream in = home.store().open(object.key())) {
                far.store().create(object.key(), in.readAllBytes());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void assertProblem(Problem problem, Runnable call) {
        StoreException e = catchThrowableOfType(StoreException.class, call::run);
        assertThat(e).isNotNull();
        assertThat(e.problem()).isEqualTo(problem);
        assertThat(e.hint()).isNotBlank();
    }
}
