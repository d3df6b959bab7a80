package dev.lifeboat.activities.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.activity.SurveyActivities.Newest;
import dev.lifeboat.workflows.activity.SurveyActivities.SurveyOrder;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A night's looks at two real repositories: whatever is wrong there has to come out as a verdict. */
class RepositorySurveyActivitiesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:30:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private Stock stock;

    @BeforeEach
    void stockUp() {
        stock = new Stock(folder).says("", "");
        stock.at(NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "hourly, 2h, PT1H59M, PASS",
        "hourly, 2h, PT2H1M, FAIL",
        "daily, 25h, PT24H59M, PASS",
        "daily, 25h, PT25H1M, FAIL",
        "daily, 25h, PT47H, FAIL",
    })
    void the_newest_of_a_kind_may_be_as_old_as_its_limit(String kind, String limit, Duration age, Verdict verdict) {
        stock.says("", "oldest: { %s: %s, any: 30d }".formatted(kind, limit));
        BackupId backup = stock.put(kind, NOW.minus(age));

        Newest newest = newest();

        assertThat(newest.seen().verdict()).isEqualTo(verdict);
        assertThat(newest.good().isPresent()).isEqualTo(verdict == Verdict.PASS);
        if (verdict == Verdict.FAIL) {
            assertThat(newest.seen().lines())
                    .singleElement()
                    .asString()
                    .startsWith("age %s: the newest %s backup '%s' is ".formatted(kind, kind, backup));
        }
    }

    @Test
    void without_a_limit_in_the_file_the_schedule_sets_it() {
        stock.says(", schedule: { hourly: '0 * * * *', daily: '0 2 * * *' }", "");
        stock.put("hourly", NOW.minus(Duration.ofHours(47)));
        stock.put("daily", NOW.minus(Duration.ofHours(47)));

        assertThat(newest().seen().lines())
                .anyMatch(it -> it.contains("is 47 h old and may be 2 h;"))
                .anyMatch(it -> it.contains("is 47 h old and may be 25 h;"));
    }

    @Test
    void yesterdays_backup_is_not_tonights_however_young_it_is() {
        stock.says(", schedule: '0 2 * * *'", "");
        BackupId yesterdays =
                stock.put("daily", NOW.minus(Duration.ofMinutes(30)).minus(DAY));

        Newest bad = newest();
        assertThat(bad.seen().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(bad.seen().lines())
                .containsExactly("due daily: the daily backup of 2026-11-21T02:00:00Z is not there; the newest is '%s';"
                                .formatted(yesterdays)
                        + " make one now with lifeboat backup orders --tag daily, and see why none was made");
        assertThat(bad.good()).as("young enough to rest on").contains(yesterdays.value());

        BackupId tonights = stock.put("daily", NOW.minus(Duration.ofMinutes(28)));
        assertThat(newest().seen().verdict()).isEqualTo(Verdict.PASS);
        assertThat(newest().good()).contains(tonights.value());
    }

    @ParameterizedTest
    @CsvSource({"2026-11-21T02:14:59Z, PASS", "2026-11-21T02:15:00Z, FAIL"})
    void tonights_may_be_as_late_as_its_jitter_and_ten_minutes(Instant now, Verdict verdict) {
        stock.says(", schedule: '0 2 * * *', jitter: 5m", "");
        stock.put("daily", NOW.minus(Duration.ofMinutes(30)).minus(DAY));
        stock.at(now);

        assertThat(newest().seen().verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        // 02:00 comes at 00:00Z and again at 01:00Z, and Temporal may begin only the second one.
        "2026-10-25T00:30:00Z, 2026-10-24T00:01:00Z, PASS",
        "2026-10-25T01:09:59Z, 2026-10-24T00:01:00Z, PASS",
        "2026-10-25T01:10:00Z, 2026-10-24T00:01:00Z, FAIL",
        "2026-10-25T01:10:00Z, 2026-10-25T00:01:00Z, PASS",
        "2026-10-25T01:10:00Z, 2026-10-25T01:01:00Z, PASS",
        "2026-10-24T00:09:59Z, 2026-10-23T00:01:00Z, PASS",
        "2026-10-24T00:10:00Z, 2026-10-23T00:01:00Z, FAIL",
    })
    void a_backup_whose_time_comes_twice_is_due_the_second_time(Instant now, Instant newest, Verdict verdict) {
        stock.says(", schedule: '0 2 * * *', zone: Europe/Berlin", "oldest: { any: 30d }");
        stock.put("daily", newest);
        stock.at(now);

        assertThat(newest().seen().verdict()).isEqualTo(verdict);
    }

    @Test
    void the_backup_that_a_run_has_just_made_has_to_be_there() {
        BackupId there = stock.put("daily", NOW.minusSeconds(600));

        assertThat(newest(there.value()).seen().verdict()).isEqualTo(Verdict.PASS);
        Verified absent = newest("orders-20261121T022000Z-gone").seen();
        assertThat(absent.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(absent.lines())
                .containsExactly(
                        "exists orders-20261121T022000Z-gone: the backup 'orders-20261121T022000Z-gone' has just"
                                + " been made, and is not in 'main'; see who else removes things there");
    }

    @ParameterizedTest
    @CsvSource({"690, WARN", "710, PASS", "0, FAIL"})
    void a_dump_is_about_as_large_as_those_of_its_kind_before_it(long bytes, Verdict verdict) {
        for (int night = 1; night <= 7; night++) {
            stock.put("hourly", NOW.minus(DAY.multipliedBy(night)), 1_000);
            stock.put("weekly", NOW.minus(DAY.multipliedBy(night)).minusSeconds(60), 5_000_000);
        }
        stock.put("hourly", NOW.minusSeconds(60), bytes);

        Verified seen = newest().seen();

        assertThat(seen.verdict()).isEqualTo(verdict);
        if (verdict == Verdict.WARN) {
            assertThat(seen.lines())
                    .singleElement()
                    .asString()
                    .startsWith("size hourly: ")
                    .contains(" has 690 bytes, and the 7 before it 1000 on average");
        }
    }

    @Test
    void a_manifest_that_is_unsigned_or_signed_by_a_stranger_is_named_and_does_not_count() {
        BackupId unsigned = stock.put("orders", "daily", NOW.minusSeconds(60), 1_000, Optional.empty());
        BackupId strange =
                stock.put("orders", "daily", NOW.minusSeconds(120), 1_000, Optional.of(SigningKey.generate()));
        stock.put("daily", NOW.minus(Duration.ofHours(26)));

        Verified signatures = stock.looks().signatures(stock.order("main"));

        assertThat(signatures.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(signatures.checks()).isEqualTo(3);
        assertThat(signatures.failed()).isEqualTo(2);
        assertThat(signatures.lines())
                .anyMatch(it -> it.startsWith("signature %s: there is none".formatted(unsigned)))
                .anyMatch(it -> it.matches("signature %s: by .*, which is not trusted here.*".formatted(strange)));
        assertThat(newest().seen().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(newest().good()).isEmpty();
    }

    @Test
    void an_empty_place_a_wrong_one_and_one_that_may_not_be_listed_are_three_troubles() throws IOException {
        assertTrouble(Verdict.FAIL, "'main' is empty: nothing at all lies in ");
        Path other = Files.createDirectory(stock.folder("main").resolve("photos"));
        Files.writeString(other.resolve("cat.jpg"), "cat");
        assertTrouble(Verdict.FAIL, "'main' holds no repository: other things lie in ");
        Files.delete(other.resolve("cat.jpg"));
        Files.delete(other);

        stock.put("people", "daily", NOW.minusSeconds(60), 1_000, Optional.empty());
        assertThat(newest().seen().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(newest().seen().lines())
                .singleElement()
                .asString()
                .contains("there is no backup of 'orders' in 'main' (repository ", "only of people");
        stock.setup().door(listFails(StoreException.Problem.DENIED));
        assertTrouble(Verdict.INCONCLUSIVE, "'main' cannot be read or listed: the list failed");
        stock.setup().door(listFails(StoreException.Problem.UNREACHABLE));
        assertThatThrownBy(this::newest)
                .as("tried again, and INCONCLUSIVE once that is given up")
                .isInstanceOf(StoreException.class)
                .hasMessage("the list failed");
    }

    @Test
    void what_the_manifest_names_and_the_listing_lacks_is_a_finding() throws IOException {
        BackupId backup = stock.put("daily", NOW.minusSeconds(600));
        Files.delete(stock.object("main", backup));

        Verified holdings = stock.looks().holdings(stock.order("main"));

        assertThat(holdings.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(holdings.lines())
                .singleElement()
                .asString()
                .startsWith("listed %s: '%s' is missing".formatted(backup, Stock.key(backup)));
    }

    @Test
    void a_copying_that_stopped_a_quarter_of_an_hour_ago_is_so_many_minutes_behind() {
        stock.copy(stock.put("hourly", NOW.minus(Duration.ofMinutes(76))));
        assertThat(copy(true).verdict()).isEqualTo(Verdict.PASS);

        BackupId lacking = stock.put("hourly", NOW.minus(Duration.ofMinutes(16)));

        String words = "copy far: '%s' is not in 'far', which is 15 minutes behind and lacks 1".formatted(lacking);
        assertThat(copy(true).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(copy(true).lines()).singleElement().asString().startsWith(words);
        assertThat(copy(false).verdict()).isEqualTo(Verdict.WARN);
    }

    private Verified copy(boolean required) {
        return stock.looks().copy(stock.order("main"), "far", required);
    }

    private Newest newest() {
        return stock.looks().newest(stock.order("main"));
    }

    private Newest newest(String expected) {
        SurveyOrder order = stock.order("main");
        return stock.looks()
                .newest(new SurveyOrder(order.run(), order.database(), order.repository(), Optional.of(expected)));
    }

    private void assertTrouble(Verdict verdict, String words) {
        Newest newest = newest();
        assertThat(newest.good()).isEmpty();
        assertThat(newest.seen().verdict()).isEqualTo(verdict);
        assertThat(newest.seen().lines()).singleElement().asString().startsWith("repository main: " + words);
        assertThat(stock.looks().holdings(stock.order("main")).verdict()).isEqualTo(verdict);
        assertThat(stock.looks().readShare(stock.order("main")).readUpTo()).isEmpty();
    }

    private static UnaryOperator<Store> listFails(StoreException.Problem problem) {
        return real -> (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("list")) {
                        throw new StoreException(problem, "the list failed", "ask for the right to list.");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
