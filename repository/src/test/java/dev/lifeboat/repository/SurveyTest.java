package dev.lifeboat.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.repository.survey.Ages;
import dev.lifeboat.repository.survey.Due;
import dev.lifeboat.repository.survey.Holdings;
import dev.lifeboat.repository.survey.Reading;
import dev.lifeboat.repository.survey.Rotation;
import dev.lifeboat.repository.survey.Share;
import dev.lifeboat.repository.survey.Shelf;
import dev.lifeboat.repository.survey.Signatures;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import dev.lifeboat.repository.verification.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look at all backups of a real folder, whole and damaged in every way a disk or a hand can damage it. */
class SurveyTest {

    private static final BackupId OLD = new BackupId("orders-20261120T020000Z-aaaa");
    private static final BackupId NEW = new BackupId("orders-20261121T020000Z-bbbb");
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final Map<String, Duration> DAILY = Map.of("daily", Duration.ofHours(25));

    @TempDir
    Path root;

    private final SigningKey key = SigningKey.generate();
    private final TrustedKeys trusted = TrustedKeys.of(List.of(key.publicKey()));
    private Store store;
    private Repository repository;

    @BeforeEach
    void create() {
        store = Stores.open("file:" + root);
        repository = Repository.openOrCreate(store);
        commit(OLD, Optional.of(key));
        commit(NEW, Optional.of(key));
    }

    @Test
    void a_whole_repository_passes_every_look() {
        Shelf shelf = shelf();

        assertThat(shelf.backups()).extracting(it -> it.backup()).containsExactly(NEW, OLD);
        assertThat(worst(Ages.of(shelf, DAILY, NOW))).isEqualTo(Verdict.PASS);
        assertThat(worst(Signatures.of(shelf))).isEqualTo(Verdict.PASS);
        assertThat(worst(Holdings.of(shelf, Instant.now().plusSeconds(60)))).isEqualTo(Verdict.PASS);
        Share share = read(Set.of());
        assertThat(share.checks())
                .as("an object and a seal each")
                .hasSize(4)
                .extracting(Check::verdict)
                .containsOnly(Verdict.PASS);
        assertThat(share.bytes()).isEqualTo(("data of " + OLD).length() * 2L);
        assertThat(share.suspects()).isEmpty();
    }

    @Test
    void one_flipped_bit_is_found_and_suspected_until_it_is_good_again() throws IOException {
        Path object = root.resolve(object(NEW).value());
        byte[] bytes = Files.readAllBytes(object);
        write(object, flipped(bytes));

        assertThat(worst(Holdings.of(shelf(), NOW)))
                .as("a listing cannot see it")
                .isEqualTo(Verdict.PASS);
        Share share = read(Set.of());
        assertThat(share.suspects()).containsExactly(object(NEW));
        Instant later = NOW.plus(Duration.ofDays(36_500)); // than the files' own times
        Rotation nothingDue = Rotation.of(Duration.ofDays(7), later, later);
        assertThat(Share.due(shelf(), nothingDue, Set.of())).isEmpty();
        assertThat(Share.due(shelf(), nothingDue, Set.copyOf(share.suspects())))
                .singleElement()
                .extracting(Due::key)
                .isEqualTo(object(NEW));

        write(object, bytes);
        assertThat(read(Set.copyOf(share.suspects())).suspects()).isEmpty();
    }

    @Test
    void a_flipped_bit_that_changes_nothing_a_seal_says_is_found_in_its_turn() throws IOException {
        Path seal = root.resolve(sealOf(OLD).value());
        String good = Files.readString(seal);
        write(seal, good.replaceFirst("(\"begun\": \"[^\"]*)Z", "$1z").getBytes(UTF_8));

        assertThat(Files.readString(seal)).as("the same instant, one bit away").isNotEqualTo(good);
        assertThat(worst(Holdings.of(shelf(), NOW)))
                .as("a listing cannot see it")
                .isEqualTo(Verdict.PASS);
        Share share = read(Set.of());
        assertThat(share.suspects()).containsExactly(sealOf(OLD));
        assertThat(share.checks())
                .filteredOn(it -> it.verdict() == Verdict.FAIL)
                .extracting(Check::name, Check::subject)
                .containsExactly(tuple("seal", sealOf(OLD).value()));

        write(seal, good.getBytes(UTF_8));
        assertThat(read(Set.copyOf(share.suspects())).suspects()).isEmpty();
    }

    @Test
    void an_object_that_is_cut_or_gone_is_found_by_both_looks() throws IOException {
        write(root.resolve(object(OLD).value()), new byte[] {1, 2, 3});
        Files.delete(root.resolve(object(NEW).value()));

        assertThat(Holdings.of(shelf(), NOW))
                .filteredOn(it -> it.verdict() == Verdict.FAIL)
                .extracting(Check::words)
                .anyMatch(it -> it.contains("has 3 bytes"))
                .anyMatch(it -> it.contains("is missing"))
                .hasSize(2);
        assertThat(read(Set.of()).suspects()).containsExactly(object(OLD), object(NEW));
    }

    @Test
    void an_edited_manifest_does_not_count_and_a_broken_one_is_named() throws IOException {
        Path manifest = root.resolve(Layout.manifest(NEW).value());
        write(manifest, Files.readString(manifest).replace("pg_dump", "pg_dumb").getBytes(UTF_8));

        assertThat(Signatures.of(shelf()).getFirst().words()).contains("it was changed after it was signed");
        assertThat(Ages.of(shelf(), DAILY, NOW).getFirst().words()).contains("'" + OLD + "' is 28 h old");

        write(manifest, "{".getBytes(UTF_8));
        assertThat(Holdings.of(shelf(), NOW).getFirst())
                .extracting(Check::subject, Check::verdict)
                .containsExactly(NEW.value(), Verdict.FAIL);
    }

    @Test
    void what_no_manifest_knows_is_named_once_no_attempt_can_be_at_work_any_more() {
        BackupId left = new BackupId("orders-20261119T020000Z-cccc");
        Samples.unsealed(store, left, "a1", "left behind");

        assertThat(Holdings.of(shelf(), Instant.now().minusSeconds(60))
                        .getLast()
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(Holdings.of(shelf(), Instant.now().plusSeconds(60)).getLast())
                .extracting(Check::verdict, Check::words)
                .containsExactly(
                        Verdict.WARN,
                        "1 objects (11 bytes) lie there that no manifest and no running attempt knows, as '%s'"
                                .formatted(Layout.object(left, "a1", "orders.dump.zst.age")));
        repository.discard(left);
        assertThat(Holdings.of(shelf(), Instant.now().plusSeconds(60)).getLast().verdict())
                .as("given up in order")
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void an_attempt_that_was_never_committed_is_no_backup() {
        Samples.sealed(repository, new BackupId("orders-20261121T050000Z-dddd"), "a1", "whole, and not committed");

        assertThat(shelf().newest())
                .hasValueSatisfying(it -> assertThat(it.backup()).isEqualTo(NEW));
    }

    @Test
    void what_was_read_counts_although_the_store_fails_later() {
        List<Due> once = objectsDue();
        List<Due> due = new ArrayList<>();
        IntStream.range(0, 6).forEach(round -> due.addAll(once));
        AtomicInteger opened = new AtomicInteger();
        Repository weak = Repository.open(new FailingStore(store, it -> isData(it) && opened.incrementAndGet() > 1));

        Share share = Share.read(weak, due, bytes -> {});

        assertThat(share.checks()).hasSameSizeAs(due);
        assertThat(share.checks().getFirst().verdict()).isEqualTo(Verdict.PASS);
        assertThat(share.checks().subList(1, due.size()))
                .extracting(Check::verdict)
                .containsOnly(Verdict.INCONCLUSIVE);
        assertThat(share.suspects()).hasSize(due.size() - 1);
        assertThat(opened)
                .as("one good, three bad, and then nobody asks any more")
                .hasValue(4);

        opened.set(1);
        assertThatThrownBy(() -> Share.read(weak, due, bytes -> {})).isInstanceOf(StoreException.class);
    }

    @Test
    void one_object_that_cannot_be_read_keeps_no_other_from_being_read() {
        List<Due> once = objectsDue();
        List<Due> due = List.of(once.getFirst(), once.getLast(), once.getFirst());
        Repository weak = Repository.open(
                new FailingStore(store, it -> it.equals(once.getLast().key())));

        Share share = Share.read(weak, due, bytes -> {});

        assertThat(share.suspects()).containsExactly(once.getLast().key());
        assertThat(share.checks())
                .extracting(Check::verdict)
                .containsExactly(Verdict.PASS, Verdict.INCONCLUSIVE, Verdict.PASS);
    }

    private Share read(Set<Key> suspects) {
        return Share.read(repository, due(suspects), bytes -> {});
    }

    private List<Due> objectsDue() {
        return due(Set.of()).stream().filter(it -> it.object().isPresent()).toList();
    }

    private List<Due> due(Set<Key> suspects) {
        Rotation all = Rotation.of(Duration.ofDays(7), Instant.EPOCH, NOW.plus(Duration.ofDays(30)));
        return Share.due(shelf(), all, suspects);
    }

    private Shelf shelf() {
        Reading reading = Reading.of("main", () -> store, "orders", trusted);
        assertThat(reading).isInstanceOf(Reading.Done.class);
        return ((Reading.Done) reading).shelf();
    }

    private void commit(BackupId backup, Optional<SigningKey> signer) {
        Labels daily = new Labels(
                Optional.of("daily"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        repository.commit(Manifest.of(Samples.sealed(repository, backup, "a1", "data of " + backup), daily), signer);
    }

    private static Key object(BackupId backup) {
        return Layout.object(backup, "a1", "orders.dump.zst.age");
    }

    private static boolean isData(Key key) {
        return key.value().startsWith(Layout.databases().value());
    }

    private static Key sealOf(BackupId backup) {
        return Layout.attemptFile(backup, "a1");
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.delete(file); // what was stored is read-only
        Files.write(file, bytes);
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] other = bytes.clone();
        other[other.length / 2] ^= 1;
        return other;
    }

    private static Verdict worst(List<Check> checks) {
        return Verification.worst(checks);
    }
}
