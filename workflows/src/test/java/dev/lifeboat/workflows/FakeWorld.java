package dev.lifeboat.workflows;

import dev.lifeboat.workflows.activity.BackupActivities;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.BackupPolicy;
import dev.lifeboat.workflows.activity.CheckActivities;
import dev.lifeboat.workflows.activity.CompareActivities;
import dev.lifeboat.workflows.activity.CopyActivities;
import dev.lifeboat.workflows.activity.CopyPolicy;
import dev.lifeboat.workflows.activity.DeleteCheckActivities;
import dev.lifeboat.workflows.activity.DeliveryActivities;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.activity.PolicyActivities;
import dev.lifeboat.workflows.activity.ReadCheckActivities;
import dev.lifeboat.workflows.activity.ReportActivities;
import dev.lifeboat.workflows.activity.ScheduleActivities;
import dev.lifeboat.workflows.activity.SurveyActivities;
import dev.lifeboat.workflows.activity.SweepActivities;
import dev.lifeboat.workflows.activity.VerificationActivities;
import dev.lifeboat.workflows.activity.VerifyActivities;
import dev.lifeboat.workflows.activity.WriteCheckActivities;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Tag;
import io.temporal.activity.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The whole outside world of the runbooks: remembers what it was asked, and fails where a test says so. */
public final class FakeWorld
        implements PolicyActivities,
                BackupActivities,
                SweepActivities,
                ReportActivities,
                NotificationActivities,
                CopyActivities,
                VerifyActivities,
                CompareActivities,
                DeliveryActivities,
                ScheduleActivities {

    public final Doors doors = new Doors();
    public final List<ReportActivities.RunReport> reports = new CopyOnWriteArrayList<>();
    /** What was bad. */
    public final List<Notice> told = new CopyOnWriteArrayList<>();

    /** What was good. */
    public final List<Notice> well = new CopyOnWriteArrayList<>();

    /** Whether notices go on to an incident. */
    public volatile boolean incidents;

    /** What an incident asked to be told. */
    public final List<Telling> tellings = new CopyOnWriteArrayList<>();

    /** What the channels "pager" and "chat" have heard. */
    public final List<String> heard = new CopyOnWriteArrayList<>();

    public final List<String> unreachable = new CopyOnWriteArrayList<>();

    /** What changed in the world: each line once, however often an activity ran. */
    public final List<String> effects = new CopyOnWriteArrayList<>();

    public volatile Duration giveUpAfter = Duration.ofMinutes(30);
    public volatile boolean searchAttributes = true;
    public volatile List<String> required = List.of("far");
    public volatile List<String> optional = List.of();
    public volatile boolean verify = true;
    public volatile Verified verdict = new Verified(Finding.Verdict.PASS, 9, 0, List.of());
    public volatile Compared comparison = new Compared(Optional.of("earlier"), List.of(), List.of());

    /** The backups that are there, by the point in time that a schedule made them for. */
    public final Map<Instant, String> made = new ConcurrentHashMap<>();

    /** What a look from outside of the right sees of those. */
    public final Map<Instant, String> known = new ConcurrentHashMap<>();

    /** Whether the runs that made those have ended well. */
    public volatile boolean madeWell = true;

    public volatile List<Tag> tiers = List.of(new Tag("weekly"), new Tag("daily"));
    public volatile boolean repeated;
    public volatile Instant until = Instant.MAX;

    /** From where on points that were missed were looked for. */
    public final List<Instant> lookedFrom = new CopyOnWriteArrayList<>();

    public volatile Missed missed = new Missed(0, List.of());
    public volatile Optional<Holder> holder = Optional.empty();
    public volatile Ended ended = new Ended(true, "completed");

    /** What the looks of a verification find. */
    public final FakeSurvey survey = new FakeSurvey(this);

    /** What the looks of a check find. */
    public final FakeChecks checks = new FakeChecks();

    /** Repositories that take no copy. */
    public final List<String> away = new CopyOnWriteArrayList<>();

    /** The workers of all roles. */
    public List<Stage.Cast> everybody() {
        return without();
    }

    /** The workers of all roles but some. */
    public List<Stage.Cast> without(Queue... missing) {
        List<Stage.Cast> casts = new ArrayList<>();
        add(
                casts,
                Queue.CONTROL,
                missing,
                PolicyActivities.class,
                ReportActivities.class,
                NotificationActivities.class,
                DeliveryActivities.class,
                ScheduleActivities.class,
                VerificationActivities.class,
                CheckActivities.class);
        add(
                casts,
                Queue.WRITE,
                missing,
                BackupActivities.class,
                CopyActivities.class,
                CompareActivities.class,
                WriteCheckActivities.class);
        add(casts, Queue.READ, missing, VerifyActivities.class, SurveyActivities.class, ReadCheckActivities.class);
        add(casts, Queue.DELETE, missing, SweepActivities.class, DeleteCheckActivities.class);
        return casts;
    }

    private void add(List<Stage.Cast> casts, Queue queue, Queue[] missing, Class<?>... activities) {
        if (!List.of(missing).contains(queue)) {
            casts.add(new Stage.Cast(
                    queue.taskQueue(), Stream.of(activities).map(this::door).toList()));
        }
    }

    private Object door(Class<?> activities) {
        Object who = Stream.of(this, survey, checks)
                .filter(activities::isInstance)
                .findFirst()
                .orElseThrow();
        return doors.around(who, activities).getFirst();
    }

    @Override
    public BackupPolicy loadBackupPolicy(RunName run, BackupRequest request) {
        return new BackupPolicy(
                request.to().orElse("main"),
                giveUpAfter,
                searchAttributes,
                new Document("main", "reports/policy.json", "aa", 10),
                required,
                optional,
                verify,
                request.nominal().flatMap(it -> Optional.ofNullable(made.get(it))),
                madeWell);
    }

    @Override
    public CopyPolicy loadCopyPolicy(RunName run, String backup, String to, Optional<String> from) {
        return new CopyPolicy("orders", from.orElse("main"), Duration.ofDays(7), searchAttributes);
    }

    @Override
    public Copied copyTo(BackupOrder order, String to) {
        if (away.contains(to)) {
            throw FailureType.REPOSITORY_UNSUITABLE.because("'%s' does not answer".formatted(to), "start it");
        }
        happens("copy of " + order.backup() + " in " + to);
        return new Copied(2, 1_024, false);
    }

    @Override
    public Verified verify(BackupOrder order) {
        return verdict;
    }

    @Override
    public Compared compare(BackupOrder order) {
        return comparison;
    }

    @Override
    public Taken take(BackupOrder order) {
        happens("attempt of " + order.backup());
        return new Taken("a1", 3, 42, 4_096, 1_024, List.of("table 'log' is empty"));
    }

    @Override
    public Looked look(BackupOrder order, String attempt) {
        return new Looked(2, 1_024);
    }

    @Override
    public void commit(BackupOrder order, String attempt, BackupRequest labels) {
        labels.nominal().ifPresent(it -> made.putIfAbsent(it, order.backup()));
        happens("manifest of " + order.backup() + " with " + attempt);
    }

    @Override
    public void awaitEnd(BackupOrder order) {}

    @Override
    public Swept sweepLosers(BackupOrder order) {
        return new Swept(0, 0, false);
    }

    @Override
    public Swept discard(BackupOrder order) {
        if (effects.contains("manifest of " + order.backup() + " with a1")) {
            return new Swept(0, 0, true);
        }
        effects.remove("attempt of " + order.backup());
        return new Swept(2, 1_024, false);
    }

    @Override
    public Document store(RunReport report) {
        happens("report of " + report.run());
        reports.add(report);
        return new Document(report.repository(), "reports/2026/11/" + report.run() + "/report.html", "bb", 20);
    }

    @Override
    public void announce(Notice notice) {
        (notice.news() == News.WELL ? well : told).add(notice);
        if (incidents) {
            Announced.to(Activity.getExecutionContext().getWorkflowClient(), notice);
        }
    }

    @Override
    public Delivered deliver(Telling telling) {
        tellings.add(telling);
        List<String> who = telling.channels().isEmpty() ? List.of("pager", "chat") : telling.channels();
        List<String> deaf = who.stream().filter(unreachable::contains).toList();
        List<String> told = who.stream().filter(it -> !deaf.contains(it)).toList();
        told.forEach(it -> heard.add("%s: %s %s".formatted(it, telling.severity(), telling.kind())));
        return new Delivered(told, List.of(), deaf);
    }

    @Override
    public Due due(Point point) {
        return new Due(
                point.nominal(),
                tiers,
                repeated,
                Optional.ofNullable(known.get(point.nominal())),
                madeWell,
                until,
                searchAttributes,
                "",
                "main");
    }

    @Override
    public Missed missed(Point point, Instant from) {
        lookedFrom.add(from);
        return missed;
    }

    @Override
    public Held holder(String right) {
        return new Held(holder);
    }

    @Override
    public Ended awaitEnd(String right, String runId) {
        holder = Optional.empty();
        return ended;
    }

    /** The report that was stored last. */
    public Optional<ReportActivities.RunReport> lastReport() {
        return reports.isEmpty() ? Optional.empty() : Optional.of(reports.getLast());
    }

    void happens(String effect) {
        synchronized (effects) {
            if (!effects.contains(effect)) {
                effects.add(effect);
            }
        }
    }
}
