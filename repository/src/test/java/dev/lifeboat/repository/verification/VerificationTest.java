package dev.lifeboat.repository.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.LargeObjects;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SequenceValue;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that are signed and yet do not tell the truth: each check finds what it is there for. */
class VerificationTest {

    private static final BackupId BACKUP = new BackupId("orders-20261122T041500Z-aaaa");

    private final SigningKey key = SigningKey.generate();

    @TempDir
    Path folder;

    private Repository repository;
    private Vault vault;

    @BeforeEach
    void open() {
        repository = Golden.copiedTo(folder.resolve("store"));
        vault = new Vault(repository, Golden.dump(repository), Golden.identity().recipient());
    }

    @Test
    void the_truth_passes() {
        assertThat(found(told -> told)).isEmpty();
    }

    @Test
    void a_table_that_is_missing_in_the_dump_is_found() {
        assertThat(found(told -> told.tables(tables -> {
                    tables.add(TableCount.counted("public", "gone", 0));
                    return tables;
                })))
                .containsExactly("FAIL table public.gone: the dump does not hold it");
    }

    @Test
    void a_table_that_is_extra_in_the_dump_is_found() {
        assertThat(found(told -> told.tables(tables -> {
                    tables.removeIf(table -> table.name().equals("empty"));
                    return tables;
                })))
                .containsExactly("FAIL table public.empty: the dump holds it, and the manifest does not name it");
    }

    @Test
    void another_number_of_rows_is_found() {
        assertThat(found(changed(
                        "customers",
                        table -> new TableCount(
                                "public",
                                "customers",
                                java.util.OptionalLong.of(301),
                                table.note(),
                                table.fingerprint()))))
                .containsExactly("FAIL table public.customers: the dump holds 300 rows, and 301 were taken");
    }

    @Test
    void other_rows_are_found() {
        assertThat(found(changed("customers", table -> table.withFingerprint("0".repeat(32)))))
                .containsExactly("FAIL table public.customers: 300 rows, and their fingerprint differs");
    }

    @Test
    void what_the_manifest_does_not_say_is_not_taken_for_good() {
        assertThat(found(changed("customers", table -> TableCount.counted("public", "customers", 300))))
                .containsExactly("INCONCLUSIVE table public.customers: 300 rows, and no fingerprint was taken");
        assertThat(found(changed("customers", table -> TableCount.notCounted("public", "customers", "who knows"))))
                .containsExactly(
                        "INCONCLUSIVE table public.customers: the manifest does not say how many rows: who knows");
    }

    @Test
    void rows_that_are_not_there_need_a_reason_that_keeps_them_out_of_every_dump() {
        String sampled = "not counted: a sample of 3 tables was, and not this one";
        assertThat(found(without(TableCount.notCounted("public", "gone", sampled))))
                .containsExactly(
                        "INCONCLUSIVE table public.gone: the dump holds no rows of it, and the manifest does not say why: "
                                + sampled);
        for (String why : List.of(
                TableCount.FOREIGN,
                TableCount.LEFT_OUT,
                TableCount.PARTITIONED,
                TableCount.UNLOGGED,
                TableCount.MATERIALIZED_VIEW + "; they could not be counted")) {
            assertThat(found(without(TableCount.notCounted("public", "gone", why))))
                    .isEmpty();
        }
    }

    @Test
    void each_dump_of_a_backup_counts() {
        assertThat(found(told -> told, "no dump".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .anyMatch(it -> it.startsWith("FAIL dump: "));
    }

    @Test
    void what_may_not_be_listed_hides_nothing_else() {
        assertThat(found(told -> told)).isEmpty();
        Store store = repository.store();
        repository = Repository.open((Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("list")) {
                        throw new StoreException(StoreException.Problem.DENIED, "may not be listed", "allow it.");
                    }
                    return method.invoke(store, arguments);
                }));

        assertThat(verify())
                .filteredOn(check -> check.verdict() != Verdict.PASS)
                .singleElement()
                .isEqualTo(new Check("nothing else", "", Verdict.INCONCLUSIVE, "may not be listed", "allow it."));
    }

    private static UnaryOperator<Vault.Told> without(TableCount table) {
        return told -> told.tables(tables -> {
            tables.add(table);
            return tables;
        });
    }

    @Test
    void other_large_objects_are_found() {
        assertThat(found(told ->
                        new Vault.Told(told.tables(), Optional.empty(), told.sequences(), told.schemaFingerprint())))
                .containsExactly("FAIL large objects: the dump holds 1, and 0 were taken");
        assertThat(found(told -> new Vault.Told(
                        told.tables(),
                        Optional.of(new LargeObjects(1, Optional.of("0".repeat(32)))),
                        told.sequences(),
                        told.schemaFingerprint())))
                .containsExactly("FAIL large objects: 1, and their fingerprint differs");
    }

    @Test
    void other_sequences_are_found() {
        assertThat(found(told -> new Vault.Told(
                        told.tables(), told.largeObjects(), bumped(told.sequences()), told.schemaFingerprint())))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("FAIL sequences: public.");
    }

    @Test
    void another_schema_is_found() {
        assertThat(found(told -> new Vault.Told(
                        told.tables(), told.largeObjects(), told.sequences(), Optional.of("0".repeat(64)))))
                .containsExactly("FAIL schema: its definitions are not those that were taken");
    }

    @Test
    void a_foreign_object_beside_its_own_is_a_warning() {
        assertThat(found(told -> {
                    repository.store().create(Vault.object(BACKUP, "smuggled.zst.age"), new byte[3]);
                    return told;
                }))
                .containsExactly("WARN nothing else: '%s' lies there, and the manifest does not name it (1 in all)"
                        .formatted(Vault.object(BACKUP, "smuggled.zst.age")));
    }

    @Test
    void what_was_put_in_an_objects_place_is_not_read_to_its_end() throws IOException {
        found(told -> told);
        Path stored = folder.resolve("store").resolve(data().value());
        long written = Files.size(stored);
        try (RandomAccessFile file = new RandomAccessFile(stored.toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        List<Long> read = new ArrayList<>();
        assertThat(verify(read))
                .filteredOn(check -> check.verdict() == Verdict.FAIL)
                .extracting(Check::words)
                .contains("it has more than the %d bytes that were written".formatted(written));
        assertThat(read).allMatch(bytes -> bytes < written + 1_000_000);
    }

    @Test
    void a_backup_that_was_never_committed_is_none() {
        StoreException e = catchThrowableOfType(StoreException.class, this::verify);
        assertThat(e.problem()).isEqualTo(StoreException.Problem.NOT_FOUND);
    }

    private static UnaryOperator<Vault.Told> changed(String name, UnaryOperator<TableCount> change) {
        return told -> told.tables(tables -> {
            tables.replaceAll(table -> table.name().equals(name) ? change.apply(table) : table);
            return tables;
        });
    }

    private static List<SequenceValue> bumped(List<SequenceValue> sequences) {
        List<SequenceValue> bumped = new ArrayList<>(sequences);
        SequenceValue first = bumped.removeFirst();
        bumped.addFirst(new SequenceValue(first.schema(), first.name(), first.value() + 1, first.called()));
        return bumped;
    }

    /** What did not pass, of a backup whose manifest tells this. */
    private List<String> found(UnaryOperator<Vault.Told> lie, byte[]... before) {
        repository
                .store()
                .list(Layout.backup(BACKUP))
                .forEach(object -> repository.store().delete(object.key()));
        vault.commit(BACKUP, Optional.of(key), lie, before);
        return verify().stream()
                .filter(check -> check.verdict() != Verdict.PASS)
                .map(check -> "%s %s%s: %s"
                        .formatted(
                                check.verdict(),
                                check.name(),
                                check.subject().isEmpty() ? "" : " " + check.subject(),
                                check.words()))
                .toList();
    }

    private Key data() {
        return Vault.object(BACKUP, BACKUP + ".dump.zst.age");
    }

    private List<Check> verify() {
        return verify(new ArrayList<>());
    }

    private List<Check> verify(List<Long> read) {
        return Verification.of(
                        repository,
                        BACKUP,
                        Optional.of(Golden.identity()),
                        TrustedKeys.of(List.of(key.publicKey())),
                        (done, total) -> read.add(done))
                .run();
    }
}
