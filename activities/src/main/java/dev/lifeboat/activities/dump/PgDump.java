package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.postgres.ServerFailures;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.configuration.BackupSettings;
import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Compression;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.archive.Inspector;
import dev.lifeboat.workflows.activity.BackupOrder;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

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
        FirstTrouble trouble = new FirstTrouble();
        trouble.whenOccurred(keeper::abort);
        try (SideSession side = new SideSession(tools.sql(), keeper.address(), order.run())) {
            Subject subject = subject(keeper, side);
            Counts counts = Counts.begin(keeper, subject.plan(), trouble);
            try (Watch watch = Watch.begin(side, keeper.process(), policy().reading(), trouble)) {
                Recorded recorded = record(subject, trouble, pulse);
                // One table may take longer to count than a stream may stand still.
                pulse.measure("counting rows", 0, false);
                pulse.stalledAfter(policy().finishAlone());
                Recorded agreed = agreed(subject, recorded, counts.await(), side);
                release(keeper);
                trouble.throwIfOccurred();
                return sealed(subject, agreed.warnedOf(watch.warnings()), begun, pulse);
            }
        } catch (RuntimeException e) {
            pulse.stopIfTold();
            throw trouble.causeOf(e);
        }
    }

    private Subject subject(Keeper keeper, SideSession side) {
        var program = tools.clients().dumpFor(major(keeper));
        LockedSnapshot snapshot = LockedSnapshot.take(keeper);
        ReadingPlan plan = ReadingPlan.of(policy().reading(), keeper, snapshot);
        return new Subject(program, plan, ServerFacts.of(keeper), sequences(side));
    }

    private Recorded record(Subject subject, FirstTrouble trouble, Pulse pulse) throws InterruptedException {
        pulse.measure("dump", subject.bytes(), true);
        Recording.Stored dump = recording.of(source(subject), trouble, pulse);
        Recorded recorded = Recorded.of(dump)
                .warnedOf(subject.plan().warnings())
                .warnedOf(subject.sequences().warnings());
        if (!policy().reading().globals()) {
            return recorded;
        }
        Globals globals = new Globals(recording);
        var stored = globals.store(subject, trouble, pulse);
        return stored.map(recorded::with).orElse(recorded).warnedOf(globals.warnings());
    }

    private static Recorded agreed(Subject subject, Recorded recorded, Counted counted, SideSession side) {
        Agreement agreement = new Agreement(subject.plan(), counted);
        var tables = recorded.found().isPresent()
                ? agreement.of(recorded.found().get(), subject.sequences(), () -> sequences(side))
                : agreement.ofSqlAlone();
        refuseRewritten(subject, side);
        return recorded.counted(tables, counted.largeObjects()).warnedOf(agreement.warnings());
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

    private static Sequences sequences(SideSession side) {
        return side.ask("looking at the sequences", Sequences::read);
    }

    // The locks forbid it. If one ever did not hold, dump and count agree on a table without rows.
    private static void refuseRewritten(Subject subject, SideSession side) {
        List<String> rewritten =
                side.ask("looking whether a table was rewritten", subject.plan().snapshot()::rewrittenSince);
        if (!rewritten.isEmpty()) {
            throw Agreement.differ("%d tables were rewritten while they were dumped, the first is %s"
                    .formatted(rewritten.size(), rewritten.getFirst()));
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

    private Attempt sealed(Subject subject, Recorded recorded, Instant begun, Pulse pulse) {
        Attempt sealed = new Attempt(
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
                recorded.warnedOf(lowSpace()).warnings());
        pulse.stopIfTold();
        repository.writeAttempt(sealed);
        return sealed;
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
