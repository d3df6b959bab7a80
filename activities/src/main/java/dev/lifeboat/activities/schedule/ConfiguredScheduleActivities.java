package dev.lifeboat.activities.schedule;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.Repositories;
import dev.lifeboat.configuration.BackupSchedule;
import dev.lifeboat.configuration.BackupSettings;
import dev.lifeboat.configuration.DatabaseSettings;
import dev.lifeboat.configuration.Rhythm;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.configuration.Timetable;
import dev.lifeboat.repository.MadeOnSchedule;
import dev.lifeboat.repository.MadeOnSchedule.Earlier;
import dev.lifeboat.repository.Trust;
import dev.lifeboat.repository.VerificationRecord;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.workflows.activity.ScheduleActivities;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.Tag;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The timetables as this worker's {@code lifeboat.yml} says them, and the backups of the home repository. */
public final class ConfiguredScheduleActivities implements ScheduleActivities {

    private static final Logger log = LoggerFactory.getLogger(ConfiguredScheduleActivities.class);

    /** So long at most a right that is taken is waited for, however seldom the rhythm: a history must not grow for ever. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    private static final String VERIFY = "verify";

    private static final Duration LOOKED_BACK = Duration.ofDays(31);
    private static final Duration WITHOUT_TIMETABLE = Duration.ofHours(1);

    private final Settings settings;
    private final Repositories repositories;
    private final InstantSource clock;
    private final OtherRuns others = new OtherRuns();

    public ConfiguredScheduleActivities(Settings settings, Repositories repositories) {
        this(settings, repositories, InstantSource.system());
    }

    /** @param clock what says which point is the newest that has come */
    public ConfiguredScheduleActivities(Settings settings, Repositories repositories, InstantSource clock) {
        this.settings = settings;
        this.repositories = repositories;
        this.clock = clock;
    }

    @Override
    public Due due(Point point) {
        BackupSchedule schedule = schedule(point);
        Optional<Timetable> timetable = timetable(point);
        // Of a local time that comes twice Temporal begins both, or only the second, by the zone: its point is the
        // first.
        boolean again = timetable.filter(it -> it.isRepeated(point.nominal())).isPresent();
        boolean planned =
                again || timetable.filter(it -> it.isPoint(point.nominal())).isPresent();
        // A worker that was away for long makes one backup for the newest point, not one for each.
        Instant nominal = planned ? timetable.orElseThrow().last(now(point)) : point.nominal();
        List<Tag> tiers =
                schedule.due(nominal).stream().map(it -> new Tag(it.word())).toList();
        Optional<Earlier> earlier = made(point, nominal);
        return new Due(
                nominal,
                tiers.contains(point.rhythm()) ? tiers : List.of(point.rhythm()),
                again && earlier.isPresent(),
                earlier.map(it -> it.backup().value()),
                earlier.filter(Earlier::endedWell).isPresent(),
                until(point, schedule, nominal, planned),
                settings.temporal().searchAttributes(),
                planned ? "" : "no point of lifeboat.yml: begun by hand, or another one was applied to Temporal",
                backup(point).home());
    }

    private Instant until(Point point, BackupSchedule schedule, Instant nominal, boolean planned) {
        Duration catchUp =
                rhythm(point).filter(it -> planned).map(schedule::catchUp).orElse(WITHOUT_TIMETABLE);
        Instant end = nominal.plus(catchUp);
        Instant latest = now(point).plus(LONGEST_WAIT);
        return end.isBefore(latest) ? end : latest;
    }

    /** Never before the point itself: Temporal's clock said that it has come, and this machine's may be behind. */
    private Instant now(Point point) {
        Instant here = clock.instant();
        return here.isBefore(point.nominal()) ? point.nominal() : here;
    }

    /** Only to spare a run: the policy looks again, under the right, where nobody can be making one. */
    private Optional<Earlier> made(Point point, Instant nominal) {
        if (point.verb().equals(VERIFY)) {
            return Optional.empty(); // one more look harms nobody
        }
        try {
            return backups(point).earlier(nominal);
        } catch (StoreException | ApplicationFailure away) {
            log.info("{} cannot be asked what is made already: {}", point.right(), away.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Missed missed(Point point, Instant from) {
        if (point.verb().equals(VERIFY)) {
            return missedVerifications(point, from);
        }
        return timetable(point)
                .map(it -> new MissedPoints(
                        it, schedule(point).jitter(), point.rhythm().value()))
                .map(it -> it.between(from, point.nominal(), backups(point)))
                .orElseGet(() -> new Missed(0, List.of()));
    }

    @Override
    public Held holder(String right) {
        return new Held(others.holder(right));
    }

    @Override
    public Ended awaitEnd(String right, String runId) {
        return others.awaitEnd(right, runId);
    }

    private Optional<Timetable> timetable(Point point) {
        return rhythm(point).flatMap(schedule(point)::timetable);
    }

    private MadeOnSchedule backups(Point point) {
        Trust trust = new Trust(TrustedKeys.knownHere(settings.signing()), now(point));
        return new MadeOnSchedule(repositories.open(backup(point).home(), StoreRight.WRITE), point.target(), trust);
    }

    private static Optional<Rhythm> rhythm(Point point) {
        return Rhythm.of(point.rhythm().value());
    }

    private DatabaseSettings database(Point point) {
        return settings.database(point.target());
    }

    private BackupSettings backup(Point point) {
        return database(point).backup();
    }

    private BackupSchedule schedule(Point point) {
        return switch (point.verb()) {
            case "backup" -> backup(point).schedule();
            case VERIFY -> database(point).verification().schedule();
            default -> throw noSchedule(point);
        };
    }

    /** The points since the last look of all: each looks at everything, and makes up for those that were missed before it. */
    private Missed missedVerifications(Point point, Instant from) {
        Instant last = VerificationRecord.newest(
                        repositories
                                .open(backup(point).home(), StoreRight.WRITE)
                                .store(),
                        point.target(),
                        point.nominal(),
                        LOOKED_BACK)
                .map(VerificationRecord::at)
                .filter(from::isBefore)
                .orElse(from);
        BackupSchedule schedule = schedule(point);
        return MissedPoints.allOf(
                schedule.points(last, point.nominal().minusNanos(1)), schedule.jitter(), point.nominal());
    }

    private static ApplicationFailure noSchedule(Point point) {
        return Failures.permanent(
                FailureType.CONFIGURATION,
                "lifeboat.yml has no schedules for '%s'".formatted(point.verb()),
                "take this schedule away: lifeboat schedules apply");
    }
}
