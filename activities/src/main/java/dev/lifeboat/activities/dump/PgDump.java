package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.postgres.ServerFailures;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.configuration.BackupSettings;
import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Compression;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.archive.Inspection;
import dev.lifeboat.repository.archive.Inspector;
import dev.lifeboat.workflows.activity.BackupOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;

/** The engine pg_dump: one snapshot, one stream, one sealed attempt. */
public final class PgDump {

    private final Tools tools;
    private final Repository repository;
    private final BackupOrder order;
    private final String attempt = "a-" + UUID.randomUUID().toString().substring(0, 8);
    private final Recording recording;

    public PgDump(Tools tools, Repository repository, BackupOrder order) {
        this.tools = tools;
        this.repository = repository;
        this.order = order;
        this.recording = new Recording(tools, repository, order, attempt);
    }

    /** Dumps into an attempt of its own and seals it. The keeper must be alone with the run. Called once. */
    public Attempt take(Keeper keeper, Pulse pulse) throws InterruptedException {
        Instant begun = Instant.now();
        Subject subject = subject(keeper);
        FirstTrouble trouble = new FirstTrouble();
        trouble.whenOccurred(keeper::abort);
        try (Watch watch = Watch.begin(tools.sql(), keeper, order.run(), policy().reading(), trouble)) {
            Recorded recorded = record(subject, trouble, pulse);
            release(keeper);
            trouble.throwIfOccurred();
            Attempt sealed = sealed(subject, recorded.warnedOf(watch.warnings()).warnedOf(lowSpace()), begun);
            pulse.stopIfTold();
            repository.writeAttempt(sealed);
            return sealed;
        } catch (RuntimeException e) {
            pulse.stopIfTold();
            throw trouble.causeOf(e);
        }
    }

    private Subject subject(Keeper keeper) {
        var program = tools.clients().dumpFor(major(keeper));
        LockedSnapshot snapshot = LockedSnapshot.take(keeper);
        ReadingPlan plan = ReadingPlan.of(policy().reading(), keeper, snapshot);
        return new Subject(keeper, program, plan, ServerFacts.of(keeper));
    }

    private Recorded record(Subject subject, FirstTrouble trouble, Pulse pulse) throws InterruptedException {
        List<String> warnings = new ArrayList<>(subject.plan().warnings());
        Sequences before = sequences(subject.keeper());
        Counts counts = Counts.begin(subject.keeper(), subject.plan(), trouble);
        pulse.measure("dump", subject.bytes(), true);
        Recording.Stored dump = recording.of(source(subject), trouble, pulse);
        List<SealedObject> objects = new ArrayList<>(List.of(dump.object()));
        if (policy().reading().globals()) {
            Globals globals = new Globals(recording);
            globals.store(subject, trouble, pulse).ifPresent(objects::add);
            warnings.addAll(globals.warnings());
        }
        // One table may take longer to count than a stream may stand still.
        pulse.measure("counting rows", 0, false);
        pulse.stalledAfter(policy().finishAlone());
        Counted counted = counts.await();
        Optional<Inspection> found = dump.found().filter(Inspection::understood);
        Agreement agreement = new Agreement(subject.plan(), counted);
        var tables = found.isPresent()
                ? agreement.of(found.get(), before, () -> sequences(subject.keeper()))
                : agreement.ofSqlAlone();
        refuseRewritten(subject);
        warnings.addAll(agreement.warnings());
        warnings.addAll(before.warnings());
        dump.found()
                .filter(Predicate.not(Inspection::understood))
                .ifPresent(it -> warnings.add(
                        "this dump has the archive format %s, which we cannot read yet: it has no fingerprints"
                                .formatted(it.archiveVersion())));
        return new Recorded(objects, tables, found, counted.largeObjects(), warnings);
    }

    private Recording.Source source(Subject subject) {
        Optional<Inspector> inspector =
                policy().reading().fingerprints() ? Optional.of(new Inspector()) : Optional.empty();
        return new Recording.Source(
                subject.program().path(),
                subject.arguments(),
                ".dump",
                inspector,
                new Pace(policy().reading().rateLimit()));
    }

    private Sequences sequences(Keeper keeper) {
        try (Connection connection = tools.sql().connect(keeper.address(), Keeper.purpose(order.run()))) {
            return Sequences.read(connection);
        } catch (SQLException e) {
            throw ServerFailures.working(keeper.address(), "looking at the sequences", e);
        }
    }

    // The locks forbid it. If one ever did not hold, dump and count agree on a table without rows.
    private void refuseRewritten(Subject subject) {
        Keeper keeper = subject.keeper();
        try (Connection connection = tools.sql().connect(keeper.address(), Keeper.purpose(order.run()))) {
            List<String> rewritten = subject.plan().snapshot().rewrittenSince(connection);
            if (!rewritten.isEmpty()) {
                throw Agreement.differ("%d tables were rewritten while they were dumped, the first is %s"
                        .formatted(rewritten.size(), rewritten.getFirst()));
            }
        } catch (SQLException e) {
            throw ServerFailures.working(keeper.address(), "looking whether a table was rewritten", e);
        }
    }

    private static int major(Keeper keeper) {
        try {
            return keeper.connection().getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw ServerFailures.working(keeper.address(), "asking for the version", e);
        }
    }

    // A session that was lost meanwhile shows here: then nobody knows whether the locks held to the end.
    private static void release(Keeper keeper) {
        try {
            keeper.connection().commit();
        } catch (SQLException e) {
            throw ServerFailures.working(keeper.address(), "the session that kept the snapshot was lost", e);
        }
    }

    private Attempt sealed(Subject subject, Recorded recorded, Instant begun) {
        return new Attempt(
                attempt,
                order.run().value(),
                new BackupId(order.backup()),
                order.database(),
                subject.engine(),
                subject.source(),
                subject.snapshot(),
                recorded.objects(),
                recorded.tables(),
                recorded.largeObjects(),
                recorded.sequences(),
                recorded.schemaFingerprint(),
                recording.recipients(),
                new Compression("zstd", policy().compressionLevel()),
                begun,
                Instant.now(),
                recorded.warnings());
    }

    private List<String> lowSpace() {
        OptionalLong free = repository.store().free();
        long minimum = tools.settings().repository(order.repository()).minimumFree();
        return free.isPresent() && free.getAsLong() < minimum
                ? List.of("repository '%s' has %,d MB free, less than its minimum-free of %,d MB"
                        .formatted(order.repository(), free.getAsLong() / 1_000_000, minimum / 1_000_000))
                : List.of();
    }

    private BackupSettings policy() {
        return tools.settings().database(order.database()).backup();
    }
}
