package dev.lifeboat.workers.month;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.Manifest;
import dev.lifeboat.workers.judgement.Judgement;
import dev.lifeboat.workers.judgement.Ledger;
import dev.lifeboat.workers.judgement.Run;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.verify.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A night whose dump still lasts when all backups are to be looked at. */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LongNightTest {

    // Waiting has an end that is not of this Temporal's time, and must not have come when the test runs.
    private static final Instant YESTERDAY = Instant.parse("2099-03-10T02:00:00Z");
    private static final Instant TONIGHT = YESTERDAY.plus(Duration.ofDays(1));

    private static final String SCHEDULES = """
            backup:
                  schedule: { daily: "0 2 * * *" }
                verification: { schedule: "30 2 * * *" }
            """;

    @TempDir
    private Path folder;

    @Test
    void a_verification_waits_for_a_dump_of_90_minutes_and_judges_that_backup_not_yesterdays() {
        LongDumps dumps = new LongDumps(Map.of(TONIGHT, Duration.ofMinutes(90)));
        try (Month nights =
                new Month(folder, YESTERDAY.minusSeconds(60), TONIGHT.plus(Duration.ofHours(6)), SCHEDULES, dumps)) {
            nights.pass();
            Judgement judgement = nights.judgement();
            judgement.nothingIsLeftOpen();
            judgement.noPointIsLostWithoutBeingReported();
            judgement.nothingIsMadeTwice();
            judgement.alerts().thereAreNone();

            Ledger ledger = nights.ledger();
            Manifest made = ledger.backups("orders").stream()
                    .filter(it -> it.nominal().orElseThrow().equals(TONIGHT))
                    .findFirst()
                    .orElseThrow();
            Run look = ledger.runs("verify/orders").getLast();
            assertThat(made.end()).isAfterOrEqualTo(TONIGHT.plus(Duration.ofMinutes(90)));
            assertThat(look.began()).isBefore(TONIGHT.plus(Duration.ofMinutes(31)));
            assertThat(look.ended())
                    .hasValueSatisfying(it -> assertThat(it)
                            .isAfterOrEqualTo(ledger.runs("backup/orders")
                                    .getLast()
                                    .ended()
                                    .orElseThrow()));
            VerifyReport report = look.result(VerifyReport.class).orElseThrow();
            assertThat(report.waitedFor()).contains("backup/orders");
            assertThat(report.good()).contains(made.backup().value());
            assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        }
    }
}
