package dev.lifeboat.workers.month;

import dev.lifeboat.workers.judgement.Alerts;
import dev.lifeboat.workers.judgement.Judgement;
import dev.lifeboat.workers.judgement.Plan;
import dev.lifeboat.workers.judgement.Weather;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A month that nobody watches, in which workers, the server, the repository and the database are away at random, for
 * minutes or for days. With {@code -Dlifeboat.seed=…} it is another one.
 */
@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MonthWithOutagesTest {

    private static final Duration DAYS = Duration.ofDays(31);

    @TempDir
    private Path folder;

    static Stream<Long> seeds() {
        Long asked = Long.getLong("lifeboat.seed");
        return asked == null ? LongStream.of(1, 2).boxed() : Stream.of(asked);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void no_point_is_lost_in_silence_or_made_twice_and_every_alert_has_its_cause_and_its_end(
            long seed, TestReporter reports) throws Exception {
        Instant until = Month.begin(2026, 11);
        Instant from = until.minus(DAYS);
        Weather weather = Forecast.of(seed, from, until);
        try (Month month = new Month(folder, from, until, weather)) {
            month.pass();
            Judgement judgement = month.judgement();
            try {
                judge(judgement, month.daily());
            } catch (AssertionError e) {
                reports.publishEntry("what happened", judgement.chronicle());
                throw e;
            }
        }
    }

    private static void judge(Judgement judgement, Plan daily) throws Exception {
        judgement.nothingIsLeftOpen();
        judgement.noPointIsLostWithoutBeingReported();
        judgement.nothingIsMadeTwice();
        judgement.everyBackupIsWhole();
        Alerts alerts = judgement.alerts();
        alerts.thereAreSome();
        alerts.eachHasACause();
        alerts.eachIsResolvedOnce();
        alerts.noneIsResolvedTooEarly();
        alerts.aSecondMissedDayIsUrgent(daily);
        judgement.allHistoriesReplay();
    }
}
