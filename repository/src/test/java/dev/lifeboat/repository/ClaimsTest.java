package dev.lifeboat.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.repository.Claims.Outcome;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {

    private static final Instant NIGHT = Instant.parse("2026-11-21T02:00:00Z");
    private static final Instant LATER = NIGHT.plus(Duration.ofHours(1));
    private static final String OLD = "backup-orders-20261121T020000Z-k3x9";
    private static final String NEW = "backup-orders-20261121T030000Z-a1b2";

    @TempDir
    Path root;

    private Store store;
    private Repository repository;
    private Claims claims;

    @BeforeEach
    void create() {
        store = Stores.open("file:" + root);
        repository = Repository.openOrCreate(store);
        claims = new Claims(repository, "orders");
    }

    @Test
    void the_first_claim_has_the_number_one_and_says_all() {
        assertThat(claims.claim(claim(OLD, "here"), NIGHT)).isEqualTo(new Outcome.Ours());

        String stored = new String(store.read(Layout.claim("orders", "1")).orElseThrow(), UTF_8);
        assertThat(stored)
                .contains("\"format\": 1", OLD, "backup/orders", "\"here\"", "2026-11-21T02:00:00Z", "expires");
    }

    @Test
    void a_run_that_claims_again_after_a_crash_writes_nothing() {
        claims.claim(claim(OLD, "here"), NIGHT);

        assertThat(claims.claim(claim(OLD, "here"), LATER)).isEqualTo(new Outcome.Ours());
        assertThat(store.list(Layout.claims("orders"))).hasSize(1);
    }

    @Test
    void an_unfinished_run_of_another_origin_holds_the_database_until_its_claim_expires() {
        claims.claim(claim(OLD, "here"), NIGHT);
        Claim wanted = claim(NEW, "elsewhere");

        assertThat(claims.claim(wanted, LATER)).isEqualTo(new Outcome.Held(claim(OLD, "here")));
        assertThat(claims.claim(wanted, NIGHT.plus(Duration.ofHours(12)))).isEqualTo(new Outcome.Ours());
    }

    @Test
    void a_run_of_the_same_origin_has_ended_because_their_right_excludes_two() {
        claims.claim(claim(OLD, "here"), NIGHT);

        assertThat(claims.claim(claim(NEW, "here"), LATER)).isEqualTo(new Outcome.Ours());
    }

    @Test
    void two_unknown_origins_are_not_the_same() {
        claims.claim(claim(OLD, Claim.UNKNOWN), NIGHT);

        assertThat(claims.claim(claim(NEW, Claim.UNKNOWN), LATER)).isInstanceOf(Outcome.Held.class);
    }

    @Test
    void a_run_that_reported_is_finished() {
        claims.claim(claim(OLD, "here"), NIGHT);
        store.create(Layout.report(OLD, "report.json"), "{}".getBytes(UTF_8));

        assertThat(claims.claim(claim(NEW, "elsewhere"), LATER)).isEqualTo(new Outcome.Ours());
    }

    @Test
    void a_run_whose_backup_is_committed_is_finished() {
        claims.claim(claim(OLD, "here"), NIGHT);
        Samples.committed(repository, Samples.ORDERS);

        assertThat(claims.claim(claim(NEW, "elsewhere"), LATER)).isEqualTo(new Outcome.Ours());
        assertThat(claims.hasReport(claim(OLD, "here"))).isFalse();
    }

    @Test
    void a_person_sets_exactly_the_named_run_aside() {
        claims.claim(claim(OLD, "here"), NIGHT);

        assertThat(claims.claim(takingOver(NEW, "backup-orders-20261120T020000Z-zzzz"), LATER))
                .isInstanceOf(Outcome.Held.class);
        assertThat(claims.claim(takingOver(NEW, OLD), LATER)).isEqualTo(new Outcome.Ours());
        assertThat(claims.newest(1)
                        .latest()
                        .orElseThrow()
                        .takeOver()
                        .orElseThrow()
                        .reason())
                .isEqualTo("the server is gone");
    }

    @Test
    void a_run_whose_place_was_taken_learns_it_whenever_it_asks() {
        claims.claim(claim(OLD, "here"), NIGHT);
        assertThat(claims.supersedes(OLD, NIGHT)).isEmpty();

        claims.claim(takingOver(NEW, OLD), LATER);

        assertThat(claims.supersedes(OLD, NIGHT)).contains(takingOver(NEW, OLD));
        assertThat(claims.supersedes(NEW, LATER)).isEmpty();
        assertThat(claims.claim(claim(OLD, "here"), LATER)).isEqualTo(new Outcome.Superseded(takingOver(NEW, OLD)));
    }

    @Test
    void a_run_from_before_there_were_claims_is_only_superseded_by_younger_ones() {
        assertThat(claims.supersedes(OLD, NIGHT)).isEmpty();

        claims.claim(takingOver(NEW, OLD), LATER);

        assertThat(claims.supersedes(OLD, NIGHT)).isPresent();
        assertThat(claims.supersedes("backup-orders-20261121T040000Z-cccc", LATER.plusSeconds(3600)))
                .isEmpty();
    }

    @Test
    void of_many_that_claim_at_once_all_of_one_origin_get_a_number_of_their_own() {
        try (ExecutorService many = Executors.newFixedThreadPool(8)) {
            List<CompletableFuture<Outcome>> all = new ArrayList<>();
            IntStream.range(0, 8)
                    .forEach(it -> all.add(CompletableFuture.supplyAsync(
                            () -> claims.claim(
                                    claim("backup-orders-20261121T02000%dZ-aaaa".formatted(it), "here"), NIGHT),
                            many)));
            all.forEach(it -> assertThat(it.join()).isEqualTo(new Outcome.Ours()));
        }
        assertThat(claims.newest(100).claims()).hasSize(8);
    }

    @Test
    void the_tenth_claim_comes_after_the_ninth() {
        for (int second = 10; second < 21; second++) {
            claims.claim(claim("backup-orders-20261121T0200%dZ-aaaa".formatted(second), "here"), NIGHT);
        }

        assertThat(claims.newest(1).latest().orElseThrow().run()).isEqualTo("backup-orders-20261121T020020Z-aaaa");
        assertThat(store.read(Layout.claim("orders", "11"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "{\"format\": 1}",
                "{\"format\": 1, \"run\": \"../../etc\", \"right\": \"backup/orders\", \"origin\": \"x\", \"started\": \"2026-11-21T02:00:00Z\", \"expires\": \"2026-11-21T02:00:00Z\"}",
                "{\"format\": 1, \"run\": \"backup-orders-20261121T030000Z-a1b2\", \"right\": \"\\u001b[31m\", \"origin\": \"x\", \"started\": \"2026-11-21T02:00:00Z\", \"expires\": \"2026-11-21T02:00:00Z\"}",
                "{\"format\": 1, \"run\": \"backup-orders-20261121T030000Z-a1b2\", \"right\": \"r\", \"origin\": \"x\", \"started\": \"+999999999-01-01T00:00:00Z\", \"expires\": \"2026-11-21T02:00:00Z\"}"
            })
    void what_makes_no_sense_is_nobodys_claim_and_stops_nobody(String content) {
        claims.claim(claim(OLD, "here"), NIGHT);
        plant("2.json", content.getBytes(UTF_8));

        assertThat(claims.supersedes(OLD, NIGHT)).isEmpty();
        assertThat(claims.newest(5).unreadable()).singleElement().asString().contains("claims/2.json", "is damaged");
        assertThat(claims.claim(claim(NEW, "elsewhere"), LATER)).isEqualTo(new Outcome.Held(claim(OLD, "here")));
        assertThat(claims.claim(claim(NEW, "here"), LATER)).isEqualTo(new Outcome.Ours());
        assertThat(store.read(Layout.claim("orders", "3"))).isPresent();
    }

    @Test
    void a_huge_one_is_not_even_read() {
        plant("1.json", new byte[32 * 1024 * 1024]);

        assertThat(claims.newest(5).unreadable()).singleElement().asString().contains("33554432 bytes are more");
        assertThat(claims.claim(claim(OLD, "here"), NIGHT)).isEqualTo(new Outcome.Ours());
    }

    @Test
    void names_that_are_no_numbers_are_not_looked_at() {
        for (String name : List.of("0.json", "01.json", "-1.json", "1.json.bak", "1234567890.json", "a.json", "5")) {
            plant(name, "garbage".getBytes(UTF_8));
        }
        store.create(Layout.claims("orders").child("7.json/inner.json"), "{}".getBytes(UTF_8));

        assertThat(claims.newest(5)).isEqualTo(new Claims.Found(List.of(), List.of()));
        assertThat(claims.claim(claim(OLD, "here"), NIGHT)).isEqualTo(new Outcome.Ours());
    }

    @Test
    void a_number_far_above_the_others_uses_none_up() {
        plant("999999999.json", forever());
        assertThat(claims.newest(5).claims()).isEmpty();
        assertThat(claims.claim(claim(OLD, "here"), NIGHT)).isEqualTo(new Outcome.Ours());
        plant("1002.json", forever());

        assertThat(claims.supersedes(OLD, NIGHT)).isEmpty();
        assertThat(claims.claim(claim(NEW, "here"), LATER)).isEqualTo(new Outcome.Ours());
        assertThat(store.read(Layout.claim("orders", "2"))).isPresent();
    }

    @Test
    void a_number_that_was_left_out_ends_nothing() {
        claims.claim(claim(OLD, "here"), NIGHT);
        plant("1001.json", "garbage".getBytes(UTF_8));

        assertThat(claims.claim(claim(NEW, "here"), LATER)).isEqualTo(new Outcome.Ours());
        assertThat(store.read(Layout.claim("orders", "1002"))).isPresent();
        assertThat(claims.newest(1).latest().orElseThrow().run()).isEqualTo(NEW);
    }

    @Test
    void whatever_a_claim_says_it_holds_nobody_up_for_longer_than_a_week() {
        plant("1.json", forever());
        Instant stored = Instant.now();

        assertThat(claims.claim(
                        claim(NEW, "elsewhere"), stored.plus(Duration.ofDays(7)).minusSeconds(60)))
                .isInstanceOf(Outcome.Held.class);
        assertThat(claims.claim(
                        claim(NEW, "elsewhere"), stored.plus(Duration.ofDays(7)).plusSeconds(60)))
                .isEqualTo(new Outcome.Ours());
    }

    private static byte[] forever() {
        Instant end = Instant.parse("9999-12-31T00:00:00Z");
        return Documents.write(
                new Claim("backup-orders-20261121T025900Z-evil", "backup/orders", "x", NIGHT, end, Optional.empty()),
                Claim.FORMAT);
    }

    @Test
    void a_claim_of_a_newer_lifeboat_is_not_passed_over() {
        plant("1.json", "{\"format\": 2}".getBytes(UTF_8));

        StoreException e = catchThrowableOfType(StoreException.class, () -> claims.claim(claim(OLD, "here"), NIGHT));
        assertThat(e).hasMessageContaining("was written by a newer Lifeboat");
    }

    @Test
    void the_newest_backup_is_found_past_a_damaged_one() {
        Samples.committed(repository, Samples.ORDERS);
        BackupId younger = new BackupId("orders-20261121T030000Z-a1b2");
        store.create(Layout.manifest(younger), "garbage".getBytes(UTF_8));

        History.Found newest = repository.newest("orders");

        assertThat(newest.earlier().orElseThrow().backup()).isEqualTo(Samples.ORDERS);
        assertThat(newest.unreadable()).containsExactly(younger);
        assertThat(repository.newest("people").earlier()).isEmpty();
    }

    @Test
    void old_claims_are_swept_but_for_the_newest_hundred() {
        IntStream.rangeClosed(1, 130).forEach(number -> plant(number + ".json", forever()));
        Instant now = Instant.now();

        assertThat(claims.sweep(now.minus(Duration.ofDays(1)))).isZero();
        assertThat(claims.sweep(now.plus(Duration.ofDays(1)))).isEqualTo(30);
        assertThat(claims.sweep(now.plus(Duration.ofDays(1)))).isZero();

        assertThat(store.list(Layout.claims("orders"))).hasSize(100);
        assertThat(store.read(Layout.claim("orders", "31"))).isPresent();
        claims.claim(claim(OLD, "x"), NIGHT);
        assertThat(store.read(Layout.claim("orders", "131"))).isPresent();
    }

    @Test
    void the_numbers_that_are_left_after_sweeping_hang_together_however_many_there_were() {
        IntStream.rangeClosed(1, 300).forEach(number -> plant(number * 9 + ".json", "garbage".getBytes(UTF_8)));

        claims.sweep(Instant.now().plus(Duration.ofDays(1)));

        // 2700 is too far above nothing: one at least is left in each thousand.
        assertThat(store.list(Layout.claims("orders"))).hasSize(101);
        assertThat(claims.claim(claim(OLD, "here"), NIGHT)).isEqualTo(new Outcome.Ours());
        assertThat(store.read(Layout.claim("orders", "2701"))).isPresent();
    }

    private void plant(String name, byte[] content) {
        store.create(new Key(Layout.claims("orders") + "/" + name), content);
    }

    private static Claim claim(String run, String origin) {
        return new Claim(run, "backup/orders", origin, NIGHT, NIGHT.plus(Duration.ofHours(12)), Optional.empty());
    }

    private static Claim takingOver(String run, String other) {
        return new Claim(
                run,
                "backup/orders",
                "elsewhere",
                LATER,
                NIGHT.plus(Duration.ofHours(12)),
                Optional.of(new Claim.TakeOver(other, "ann@db1", "the server is gone")));
    }
}
