package dev.lifeboat.workers.month;

import dev.lifeboat.workers.judgement.Judgement;
import dev.lifeboat.workers.judgement.Weather;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A month that nobody watches, with a night in which the clock is put back, and nothing is ever away. */
@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class QuietMonthTest {

    private static final int DAYS = Integer.getInteger("lifeboat.month.days", 31);

    @TempDir
    private Path folder;

    @Test
    void a_month_in_which_nothing_is_away_has_every_backup_and_no_alert() throws Exception {
        Instant until = Month.begin(2026, 11);
        try (Month month = new Month(folder, until.minus(Duration.ofDays(DAYS)), until, Weather.FINE)) {
            month.pass();
            Judgement judgement = month.judgement();
            judgement.nothingIsLeftOpen();
            judgement.noPointIsLostWithoutBeingReported();
            judgement.nothingIsMadeTwice();
            judgement.everyBackupIsWhole();
            judgement.alerts().thereAreNone();
            judgement.allHistoriesReplay();
        }
    }
}
