package dev.lifeboat.workers.month;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.Manifest;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.schedule.Outcome;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What has to be true when a month is over, whatever its weather was. */
final class Judgement {

    private final Month month;
    private final Ledger ledger;

    Judgement(Month month) {
        this.month = month;
        this.ledger = Ledger.of(month);
    }

    void nothingIsLeftOpen() {
        assertThat(ledger.runs()).filteredOn(it -> it.ended().isEmpty()).isEmpty();
    }

    void noPointIsLostWithoutBeingReported() {
        for (Plan plan : month.plans()) {
            Set<Instant> served = served(plan);
            Set<Instant> reported = reported(plan);
            List<Instant> lost = plan.points(month.from(), month.until().minusSeconds(1)).stream()
                    .filter(it -> !served.contains(it) && !reported.contains(it))
                    .toList();
            assertThat(lost)
                    .as("lost points of %s", plan.request().workflowId())
                    .isEmpty();
        }
    }

    /** The points that have something to show. */
    private Set<Instant> served(Plan plan) {
        if (plan.right().startsWith("backup/")) {
            return ledger.backups().stream()
                    .filter(it -> it.tiers().contains(plan.rhythm().word()))
                    .map(it -> it.nominal().orElseThrow())
                    .collect(Collectors.toSet());
        }
        return ledger.reports(plan).stream()
                .filter(it -> it.outcome().isGood())
                .map(ScheduleReport::nominal)
                .collect(Collectors.toSet());
    }

    /** The points of which people were told that they have nothing. */
    private Set<Instant> reported(Plan plan) {
        Set<Instant> reported = new HashSet<>();
        for (ScheduleReport report : ledger.reports(plan)) {
            boolean told = month.world().said.stream()
                    .anyMatch(it -> it.notice().run().equals(report.run())
                            && it.notice().news() != News.WELL
                            && it.notice().step().startsWith("Tell") == !(report.outcome() instanceof Outcome.Failed));
            if (!told) {
                continue;
            }
            if (!report.outcome().isGood()) {
                reported.add(report.nominal());
            }
            reported.addAll(before(plan, report));
        }
        return reported;
    }

    private List<Instant> before(Plan plan, ScheduleReport report) {
        Set<Instant> served = plan.right().startsWith("backup/") ? served(plan) : Set.of();
        List<Instant> all = plan.points(month.from(), report.nominal().minusNanos(1)).stream()
                .filter(it -> !served.contains(it))
                .toList();
        List<Instant> missed =
                all.subList(Math.max(0, all.size() - report.missedBefore().count()), all.size());
        assertThat(missed).as("%s", report).containsAll(report.missedBefore().newest());
        return missed;
    }

    void nothingIsMadeTwice() {
        assertThat(ledger.backups())
                .extracting(Manifest::nominal)
                .doesNotContain(Optional.empty())
                .doesNotHaveDuplicates();
        ledger.noneIsBesideAnother("backup/orders");
        ledger.noneIsBesideAnother("verify/orders");
    }

    void nobodyWasToldOfAnyTrouble() {
        assertThat(month.world().told).isEmpty();
        assertThat(month.world().said).extracting(it -> it.notice().news()).containsOnly(News.WELL);
    }

    void allHistoriesReplay() throws Exception {
        ledger.replays();
    }
}
