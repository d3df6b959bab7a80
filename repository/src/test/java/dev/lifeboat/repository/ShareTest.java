package dev.lifeboat.repository;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.repository.survey.Due;
import dev.lifeboat.repository.survey.Share;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading back from a store that answers for some objects only. */
class ShareTest {

    @TempDir
    Path root;

    private Store store;
    private List<Due> due = List.of();

    @BeforeEach
    void create() {
        store = Stores.open("file:" + root);
        Repository repository = Repository.openOrCreate(store);
        due = IntStream.rangeClosed(1, 5)
                .mapToObj(day -> new BackupId("orders-2026112%dT020000Z-aaaa".formatted(day)))
                .flatMap(backup -> Samples.committed(repository, backup).objects().stream()
                        .map(it -> new Due(backup, it.key(), Optional.of(it))))
                .toList();
    }

    @Test
    void one_that_cannot_be_read_keeps_no_other_from_being_read_although_it_comes_first() {
        Share share = read(1);

        assertThat(share.checks())
                .extracting(Check::verdict)
                .containsExactly(Verdict.INCONCLUSIVE, Verdict.PASS, Verdict.PASS, Verdict.PASS, Verdict.PASS);
        assertThat(share.suspects()).containsExactly(due.getFirst().key());
        assertThat(share.bytes())
                .isEqualTo(due.stream().skip(1).mapToLong(Due::bytes).sum());
    }

    @Test
    void two_at_the_beginning_are_no_store_that_is_away() {
        assertThat(read(2).suspects())
                .containsExactly(due.get(0).key(), due.get(1).key());
    }

    @Test
    void a_store_that_answers_for_nothing_is_trouble_and_no_verdict() {
        assertThatThrownBy(() -> read(due.size()))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        it -> assertThat(it.problem()).isEqualTo(StoreException.Problem.UNREACHABLE));
    }

    @Test
    void seals_that_are_read_are_no_objects_that_are_read() {
        List<Due> both = due.stream().flatMap(it -> Stream.of(it, seal(it))).toList();
        Set<Key> objects = due.stream().map(Due::key).collect(toSet());
        List<Key> asked = new ArrayList<>();
        Repository weak = Repository.open(new FailingStore(store, key -> asked.add(key) && objects.contains(key)));

        assertThatThrownBy(() -> Share.read(weak, both, bytes -> {})).isInstanceOf(StoreException.class);
        assertThat(asked)
                .filteredOn(objects::contains)
                .as("three in a row, whatever lies between them")
                .hasSize(3);
    }

    @Test
    void one_seal_that_cannot_be_read_keeps_no_other_from_being_read() {
        List<Due> seals = due.stream().map(ShareTest::seal).toList();
        Key away = seals.getFirst().key();

        Share share = Share.read(Repository.open(new FailingStore(store, away::equals)), seals, bytes -> {});

        assertThat(share.suspects()).containsExactly(away);
        assertThat(share.checks()).extracting(Check::name).containsOnly("seal");
        assertThat(share.bytes()).isZero();
    }

    @Test
    void a_seal_whose_manifest_is_gone_or_damaged_is_no_store_that_is_away() throws IOException {
        List<Due> both = due.stream().flatMap(it -> Stream.of(seal(it), it)).toList();
        for (Due gone : due.subList(0, 4)) {
            store.delete(Layout.manifest(gone.backup()));
        }
        Path damaged = root.resolve(Layout.manifest(due.getLast().backup()).value());
        Files.delete(damaged); // what was stored is read-only
        Files.writeString(damaged, "{");

        assertThat(Share.read(Repository.open(store), both, bytes -> {}).checks())
                .extracting(Check::name, Check::verdict)
                .contains(tuple("seal", Verdict.INCONCLUSIVE), tuple("seal", Verdict.FAIL))
                .doesNotContain(tuple("stored", Verdict.INCONCLUSIVE));
    }

    private static Due seal(Due object) {
        return new Due(object.backup(), Layout.attemptFile(object.backup(), "a1"), Optional.empty());
    }

    /** With a store that does not answer for the first {@code bad} objects. */
    private Share read(int bad) {
        Set<Key> away = due.stream().limit(bad).map(Due::key).collect(toSet());
        return Share.read(Repository.open(new FailingStore(store, away::contains)), due, bytes -> {});
    }
}
