package dev.lifeboat.workers.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.Manifest;
import dev.lifeboat.workers.judgement.Outage.Part;
import dev.lifeboat.workers.judgement.Run.Heard;
import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.incident.IncidentReport;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.Severity;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What has to be true of all that people were told. */
public final class Alerts {

    private static final Set<Part> ANY = Set.of(Part.values());
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    /** Longer than a day with 25 hours. */
    private static final Duration A_DAY = Duration.ofHours(26);

    private final Trial trial;
    private final Ledger ledger;

    Alerts(Trial trial, Ledger ledger) {
        this.trial = trial;
        this.ledger = ledger;
    }

    public void thereAreNone() {
        assertThat(ledger.incidents()).isEmpty();
    }

    /** Else all that follows would be true of nothing. */
    public void thereAreSome() {
        assertThat(ledger.incidents()).isNotEmpty();
    }

    /** Whatever was said to be bad was so at that time: a part was away, and a point that was called missed has nothing. */
    public void eachHasACause() {
        assertThat(ledger.heard())
                .filteredOn(it -> it.notice().news() != News.WELL && !isJustified(it))
                .as("alerts without a cause in %s", trial.weather())
                .isEmpty();
    }

    private boolean isJustified(Heard heard) {
        Set<Part> blamed = trial.blamed().apply(heard.notice());
        if (!blamed.equals(ANY)) {
            return isAwayWhenSaid(blamed, heard.at(), trial.saidWithin());
        }
        List<Instant> named = named(heard.notice());
        return named.isEmpty()
                ? isAwayWhenSaid(ANY, heard.at(), trial.patience())
                : named.stream().allMatch(it -> wasHarmed(it) && hasNothing(it, heard));
    }

    private boolean isAwayWhenSaid(Set<Part> parts, Instant said, Duration within) {
        return trial.weather().hurt(parts, trial.weather().earliest(said, within), said);
    }

    /** Whether a part was away over a point, or just before, or while a run for it still bore with trouble. */
    private boolean wasHarmed(Instant point) {
        return trial.weather()
                .hurt(ANY, trial.weather().earliest(point, trial.saidWithin()), point.plus(trial.patience()));
    }

    private static List<Instant> named(Notice notice) {
        return INSTANT.matcher(notice.happened())
                .results()
                .map(MatchResult::group)
                .map(Instant::parse)
                .toList();
    }

    /** Whether a point of what a notice is about has nothing to show for it at that time; true of what is no point. */
    private boolean hasNothing(Instant point, Heard heard) {
        return trial.plans().stream()
                .filter(it -> speaksOf(heard.notice(), it) && it.timetable().isPoint(point))
                .noneMatch(it -> it.isBackup() ? hasBackup(it, point, heard) : hasLook(it, point, heard));
    }

    private static boolean speaksOf(Notice notice, Plan plan) {
        String happened = notice.happened();
        String rhythm = plan.rhythm().word();
        boolean ofItsRun = happened.contains(plan.right()) && happened.contains(rhythm);
        boolean ofItsAge = notice.about().equals("verify/" + plan.database())
                && plan.isBackup()
                && happened.contains("the %s backup of".formatted(rhythm));
        return ofItsRun || ofItsAge;
    }

    private boolean hasBackup(Plan plan, Instant point, Heard heard) {
        // A look at all backups may be told long after it was made.
        Instant seen = heard.notice().about().startsWith("verify/") ? heard.at().minus(trial.patience()) : heard.at();
        return ledger.backups(plan.database()).stream()
                .filter(it ->
                        it.nominal().equals(Optional.of(point)) && it.end().isBefore(seen))
                .anyMatch(it -> it.tiers().contains(plan.rhythm().word()));
    }

    private boolean hasLook(Plan plan, Instant point, Heard heard) {
        return ledger.runs(plan.request().workflowId()).stream()
                .filter(it -> it.end().isBefore(heard.at()))
                .flatMap(it -> it.result(ScheduleReport.class).stream())
                .anyMatch(it -> it.nominal().equals(point) && it.outcome().isGood());
    }

    /** Every incident ended because all was well again, and that was told once for each time that it began. */
    public void eachIsResolvedOnce() {
        for (Run incident : ledger.incidents()) {
            assertThat(incident.result(IncidentReport.class).map(IncidentReport::over))
                    .as("%s is over", incident)
                    .contains(true);
            List<Kind> told =
                    incident.told().stream().map(it -> it.telling().kind()).toList();
            assertThat(told)
                    .as("%s", incident)
                    .endsWith(Kind.OVER)
                    .doesNotContain(Kind.CLOSED)
                    .doesNotContainSequence(Kind.OVER, Kind.OVER);
            assertThat(told.stream().filter(Kind.OVER::equals).count())
                    .as("%s: as many ends as beginnings, of %s", incident, told)
                    .isLessThanOrEqualTo(
                            Math.max(1, told.stream().filter(Kind.BEGAN::equals).count()));
        }
    }

    /** An incident about backups was not said to be over before there was a backup again. */
    public void noneIsResolvedTooEarly() {
        for (Run incident : ledger.runs("incident/backup/")) {
            String database = incident.id().substring("incident/backup/".length());
            List<Manifest> backups = ledger.backups(database);
            assertThat(incident.heard())
                    .filteredOn(it -> it.notice().news() == News.WELL)
                    .allSatisfy(well -> assertThat(backups)
                            .as("%s", well)
                            .anyMatch(it -> it.end().isAfter(incident.began())
                                    && it.end().isBefore(well.at())));
        }
    }

    /** Where a day has no backup and the day before has none, somebody was told as urgently as can be, if anybody could. */
    public void aSecondMissedDayIsUrgent(Plan daily) {
        List<Instant> second = secondMissed(daily);
        assertThat(second)
                .as("no two nights without a backup: choose another seed")
                .isNotEmpty();
        assertThat(second)
                .allSatisfy(it -> assertThat(isUrgent(daily, it)).as("%s", it).isTrue());
    }

    private List<Instant> secondMissed(Plan daily) {
        Set<Instant> made = Set.copyOf(ledger.backups(daily.database()).stream()
                .filter(it -> it.tiers().contains(daily.rhythm().word()))
                .flatMap(it -> it.nominal().stream())
                .toList());
        List<Instant> points = trial.points(daily);
        List<Instant> second = new ArrayList<>();
        for (int i = 1; i < points.size(); i++) {
            if (!made.contains(points.get(i - 1)) && !made.contains(points.get(i)) && canBeTold(points.get(i))) {
                second.add(points.get(i));
            }
        }
        return second;
    }

    /** While nobody works nobody tells; then the watchdog does, on another machine. */
    private boolean canBeTold(Instant point) {
        return !trial.weather()
                .hurt(Set.of(Part.WORKER, Part.SERVER), point.minus(A_DAY), point.plus(trial.patience()));
    }

    private boolean isUrgent(Plan daily, Instant point) {
        return ledger.runs("incident/" + daily.right()).stream()
                .filter(it -> it.began().isBefore(point.plus(A_DAY)) && it.end().isAfter(point))
                .flatMap(it -> it.told().stream())
                .filter(it -> it.at().isBefore(point.plus(trial.patience())))
                .anyMatch(it -> it.telling().severity() == Severity.P1);
    }
}
