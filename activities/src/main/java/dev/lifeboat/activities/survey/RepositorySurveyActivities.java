package dev.lifeboat.activities.survey;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.configuration.BackupSchedule;
import dev.lifeboat.configuration.DatabaseSettings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.VerificationRecord;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.survey.Ages;
import dev.lifeboat.repository.survey.CopyLag;
import dev.lifeboat.repository.survey.Due;
import dev.lifeboat.repository.survey.Holdings;
import dev.lifeboat.repository.survey.Reading;
import dev.lifeboat.repository.survey.Rotation;
import dev.lifeboat.repository.survey.Share;
import dev.lifeboat.repository.survey.Shelf;
import dev.lifeboat.repository.survey.Signatures;
import dev.lifeboat.repository.survey.Trend;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import dev.lifeboat.workflows.activity.SurveyActivities;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Looks at all backups of a database in the repositories, with the right to read and no other. */
public final class RepositorySurveyActivities implements SurveyActivities {

    /** So many keys fit well into a payload; of a repository with more, the whole share is due again. */
    private static final int SUSPECTS = 100;

    /** So late may a run begin that its schedule has asked for. */
    private static final Duration LATE = Duration.ofMinutes(10);

    private final Tools tools;
    private final InstantSource clock;

    public RepositorySurveyActivities(Tools tools) {
        this(tools, InstantSource.system());
    }

    /** @param clock what ages are measured by */
    public RepositorySurveyActivities(Tools tools, InstantSource clock) {
        this.tools = tools;
        this.clock = clock;
    }

    @Override
    public Newest newest(SurveyOrder order) {
        DatabaseSettings database = tools.settings().database(order.database());
        Instant now = clock.instant();
        BackupSchedule schedule = database.backup().schedule();
        Map<String, Duration> limits = database.verification().limits(schedule, now);
        return look(
                order,
                (done, shelf) -> {
                    List<Check> checks = new ArrayList<>(Ages.of(shelf, limits, now));
                    checks.addAll(Ages.due(shelf, points(schedule, now), now));
                    order.expected().map(it -> expected(shelf, it)).ifPresent(checks::add);
                    checks.addAll(Trend.of(
                            shelf, limits.keySet(), database.verification().sizeTolerance()));
                    return new Newest(Lines.seen(checks), good(shelf, limits, now));
                },
                trouble -> new Newest(Lines.seen(List.of(trouble)), Optional.empty()));
    }

    @Override
    public Verified signatures(SurveyOrder order) {
        return look(order, (place, shelf) -> Lines.seen(Signatures.of(shelf)), Lines::seen);
    }

    @Override
    public ReadShare readShare(SurveyOrder order) {
        return look(
                order,
                (done, shelf) -> readShare(order, done, shelf),
                trouble -> new ReadShare(Lines.seen(trouble), 0, 0, Optional.empty(), List.of()));
    }

    private ReadShare readShare(SurveyOrder order, Reading.Done done, Shelf shelf) {
        DatabaseSettings database = tools.settings().database(order.database());
        Duration allWithin = database.verification().readAllWithin();
        Instant now = clock.instant();
        Optional<VerificationRecord.Place> last = last(order, now, allWithin);
        Set<Key> suspects = last.map(it -> Set.copyOf(it.suspects())).orElseGet(Set::of);
        Rotation rotation = Rotation.of(
                allWithin, last.map(VerificationRecord.Place::readUpTo).orElse(Instant.EPOCH), now);
        List<Due> due = Share.due(shelf, rotation, suspects);
        Pulse pulse = Pulse.current();
        pulse.measure(
                "reading back in " + order.repository(),
                due.stream().mapToLong(Due::bytes).sum(),
                false);
        pulse.stalledAfter(database.backup().stalledAfter());
        Share share = Share.read(done.place(), due, bytes -> {
            pulse.stopIfTold();
            pulse.done(bytes);
        });
        List<Check> checks = new ArrayList<>(share.checks());
        if (checks.isEmpty()) {
            checks.add(new Check("stored", "", Verdict.PASS, "nothing was due", ""));
        }
        List<String> still = share.suspects().stream().map(Key::value).toList();
        boolean fits = still.size() <= SUSPECTS;
        return new ReadShare(
                Lines.seen(checks),
                due.size(),
                share.bytes(),
                fits ? Optional.of(now) : last.map(VerificationRecord.Place::readUpTo),
                fits ? still : still.subList(0, SUSPECTS));
    }

    @Override
    public Verified holdings(SurveyOrder order) {
        Duration alone = tools.settings().database(order.database()).backup().finishAlone();
        Instant atWorkSince = clock.instant().minus(alone);
        return look(order, (place, shelf) -> Lines.seen(Holdings.of(shelf, atWorkSince)), Lines::seen);
    }

    @Override
    public Verified copy(SurveyOrder order, String copy, boolean required) {
        return look(
                order,
                (place, home) -> look(
                        order.in(copy),
                        (other, further) -> Lines.seen(CopyLag.of(home, further, required, clock.instant())),
                        Lines::seen),
                Lines::seen);
    }

    /** What the last verification that could read it says of the order's repository; it lies in the database's home. */
    private Optional<VerificationRecord.Place> last(SurveyOrder order, Instant now, Duration within) {
        String home = tools.settings().database(order.database()).backup().home();
        return VerificationRecord.newestOf(
                order.repository(),
                tools.repositories().open(home, StoreRight.READ).store(),
                order.database(),
                now,
                within);
    }

    private static Check expected(Shelf shelf, String backup) {
        boolean there =
                shelf.backups().stream().anyMatch(it -> it.backup().value().equals(backup));
        return new Check(
                "exists",
                backup,
                there ? Verdict.PASS : Verdict.FAIL,
                there
                        ? "the backup that was waited for is there"
                        : "the backup '%s' has just been made, and is not in '%s'"
                                .formatted(backup, shelf.repository()),
                there ? "" : "see who else removes things there");
    }

    private static Optional<String> good(Shelf shelf, Map<String, Duration> limits, Instant now) {
        Duration shortest = limits.values().stream().min(Duration::compareTo).orElse(Duration.ZERO);
        boolean young =
                Ages.of(shelf, Map.of(Ages.ANY, shortest), now).stream().noneMatch(it -> it.verdict() == Verdict.FAIL);
        return young ? shelf.newest().map(it -> it.backup().value()) : Optional.empty();
    }

    /** The last points for which a backup of each rhythm should have begun, as late as it may. */
    private static Map<String, Instant> points(BackupSchedule schedule, Instant now) {
        Map<String, Instant> points = new LinkedHashMap<>();
        schedule.timetables()
                .forEach((rhythm, timetable) -> points.put(
                        rhythm.word(),
                        timetable.lastDue(now.minus(schedule.jitter()).minus(LATE))));
        return points;
    }

    private <T> T look(SurveyOrder order, Look<T> look, Function<Check, T> otherwise) {
        Reading reading = Reading.of(
                order.repository(),
                () -> tools.repositories().store(order.repository(), StoreRight.READ),
                order.database(),
                TrustedKeys.knownHere(tools.settings().signing()));
        return switch (reading) {
            case Reading.Done done -> look.at(done, done.shelf());
            case Reading.Trouble trouble -> {
                if (trouble.mayPass()) {
                    throw trouble.why().orElseThrow();
                }
                yield otherwise.apply(trouble.check());
            }
        };
    }

    private interface Look<T> {
        T at(Reading.Done place, Shelf shelf);
    }
}
