package dev.lifeboat.workers.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.Inventory;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.schedule.Outcome;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has to be true of points, backups and runs, whatever was away. */
public final class Judgement {

    private final Trial trial;
    private final Ledger ledger;

    public Judgement(Trial trial, Ledger ledger) {
        this.trial = trial;
        this.ledger = ledger;
    }

    /** All that happened, line by line: what to read when something was not as it has to be. */
    public String chronicle() {
        return trial.weather() + ledger.chronicle();
    }

    public Alerts alerts() {
        return new Alerts(trial, ledger);
    }

    public void nothingIsLeftOpen() {
        assertThat(ledger.runs()).filteredOn(it -> it.ended().isEmpty()).isEmpty();
    }

    public void noPointIsLostWithoutBeingReported() {
        for (Plan plan : trial.plans()) {
            Set<Instant> served = served(plan);
            Set<Instant> reported = reported(plan);
            assertThat(trial.points(plan))
                    .filteredOn(it -> !served.contains(it) && !reported.contains(it))
                    .as("lost points of %s in %s", plan.request().workflowId(), trial.weather())
                    .isEmpty();
        }
    }

    /** The points that have something to show. */
    private Set<Instant> served(Plan plan) {
        if (plan.isBackup()) {
            return ledger.backups(plan.database()).stream()
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
        for (Run run : ledger.runs(plan.request().workflowId())) {
            run.result(ScheduleReport.class).ifPresent(report -> {
                if (!report.outcome().isGood() && isTold(run, report)) {
                    reported.add(report.nominal());
                }
                if (report.missedBefore().count() > 0 && isTold(report.run().value(), run, "")) {
                    reported.addAll(before(plan, report));
                }
            });
        }
        return reported;
    }

    private boolean isTold(Run run, ScheduleReport report) {
        return (report.outcome() instanceof Outcome.Failed(String why, boolean told) && told)
                ? isTold(report.right(), run, why)
                : isTold(report.run().value(), run, report.nominal().toString());
    }

    /** Whether a run of that name, or one under that right, said so while the run of the schedule was open. */
    private boolean isTold(String who, Run during, String what) {
        return ledger.heard().stream()
                .filter(it -> !it.at().isBefore(during.began()) && !it.at().isAfter(during.end()))
                .map(Run.Heard::notice)
                .filter(it -> it.news() != News.WELL)
                .filter(it -> it.run().value().equals(who) || (it.about().equals(who) && it.news() == News.FAILED))
                .anyMatch(it -> it.happened().contains(what));
    }

    /** Those that were named, and as many before them as were only counted. */
    private List<Instant> before(Plan plan, ScheduleReport report) {
        List<Instant> named = report.missedBefore().newest();
        Set<Instant> served = served(plan);
        List<Instant> older = plan.points(trial.from(), named.getFirst().minusNanos(1)).stream()
                .filter(it -> !served.contains(it))
                .toList();
        int counted = report.missedBefore().count() - named.size();
        return Stream.concat(older.stream().skip(Math.max(0, older.size() - counted)), named.stream())
                .toList();
    }

    /** No point has two backups, each says exactly what it is for, and nobody works beside another under one right. */
    public void nothingIsMadeTwice() {
        for (String database : trial.databases()) {
            List<Manifest> backups = ledger.backups(database);
            assertThat(backups)
                    .extracting(Manifest::nominal)
                    .doesNotContain(Optional.empty())
                    .doesNotHaveDuplicates();
            assertThat(backups)
                    .allSatisfy(it -> assertThat(it.tiers())
                            .containsExactlyInAnyOrderElementsOf(
                                    tiers(database, it.nominal().orElseThrow())));
        }
        ledger.noneIsBesideAnother();
    }

    private List<String> tiers(String database, Instant point) {
        return trial.plans().stream()
                .filter(it -> it.isBackup() && it.database().equals(database))
                .filter(it -> it.timetable().isPoint(point))
                .map(it -> it.rhythm().word())
                .toList();
    }

    /** Every object that a manifest names is there in its size, and nothing of a backup without a manifest. */
    public void everyBackupIsWhole() {
        Inventory inventory = ledger.repository().inventory(Optional.empty());
        assertThat(inventory.damaged()).isEmpty();
        assertThat(inventory.uncommitted()).isEmpty();
        for (Inventory.Entry entry : inventory.entries()) {
            for (SealedObject object : entry.manifest().objects()) {
                assertThat(ledger.repository().store().read(object.key()))
                        .hasValueSatisfying(it -> assertThat(it).hasSize((int) object.storedBytes()));
            }
        }
    }

    public void allHistoriesReplay() throws Exception {
        ledger.replays();
    }
}
