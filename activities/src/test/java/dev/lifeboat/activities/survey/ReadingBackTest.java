package dev.lifeboat.activities.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.activity.SurveyActivities.ReadShare;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage that no listing shows, night after night: which bytes are read, and what is remembered of them. */
class ReadingBackTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:30:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final int CYCLE = 7;

    @TempDir
    Path folder;

    private Stock stock;

    @BeforeEach
    void stockUp() {
        stock = new Stock(folder).says("", "");
        stock.at(NOW);
    }

    @Test
    void a_flipped_bit_is_found_within_the_days_and_suspected_until_it_is_mended() throws IOException {
        BackupId rotten = stock.put("daily", NOW.minus(DAY));
        stock.put("daily", NOW.minusSeconds(600));
        assertThat(stock.readShare("main").seen().verdict()).isEqualTo(Verdict.PASS);
        byte[] good = stock.flip("main", rotten);

        int night = 0;
        ReadShare share;
        do {
            night++;
            stock.at(NOW.plus(DAY.multipliedBy(night)));
            assertThat(stock.looks().holdings(stock.order("main")).verdict())
                    .as("no listing sees it")
                    .isEqualTo(Verdict.PASS);
            share = stock.readShare("main");
        } while (share.suspects().isEmpty() && night < CYCLE);
        assertSuspected(share, rotten);

        stock.at(NOW.plus(DAY.multipliedBy(night + 1)));
        assertSuspected(stock.readShare("main"), rotten);

        stock.replace("main", rotten, good);
        stock.at(NOW.plus(DAY.multipliedBy(night + 2)));
        ReadShare mended = stock.readShare("main");
        assertThat(mended.seen().verdict()).isEqualTo(Verdict.PASS);
        assertThat(mended.objects()).as("read because it was suspected").isPositive();
        assertThat(mended.suspects()).isEmpty();
    }

    @Test
    void a_bit_that_flips_in_the_newest_copy_is_found_by_the_next_look_whosever_turn_it_is() throws IOException {
        stock.copy(stock.put("daily", NOW.minusSeconds(600)));
        assertThat(stock.readShare("far").seen().verdict()).isEqualTo(Verdict.PASS);
        Instant next = NOW.plus(DAY);
        BackupId newest = stock.put("daily", NOW.plusSeconds(600));
        stock.at(next.minusSeconds(60));
        stock.copy(newest);
        stock.at(next);
        stock.flip("far", newest);

        assertThat(stock.looks().copy(stock.order("main"), "far", true).verdict())
                .as("listed as it should be")
                .isEqualTo(Verdict.PASS);
        assertSuspected(stock.readShare("far"), newest);
    }

    @Test
    void a_copy_that_came_after_the_last_look_is_read_whole_although_its_data_is_older() {
        stock.copy(stock.put("daily", NOW.minus(DAY)));
        BackupId late = stock.put("daily", NOW.minusSeconds(600));
        stock.readShare("far");
        stock.at(NOW.plusSeconds(3600));
        stock.copy(late);
        stock.at(NOW.plusSeconds(7200));

        assertThat(stock.readShare("far").objects())
                .as("its object and its seal")
                .isEqualTo(2);
        stock.at(NOW.plusSeconds(7201));
        assertThat(stock.readShare("far").objects()).as("once").isZero();
    }

    private static void assertSuspected(ReadShare share, BackupId backup) {
        assertThat(share.seen().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(share.seen().lines())
                .singleElement()
                .asString()
                .startsWith("stored %s: ".formatted(Stock.key(backup)));
        assertThat(share.suspects()).containsExactly(Stock.key(backup));
    }
}
