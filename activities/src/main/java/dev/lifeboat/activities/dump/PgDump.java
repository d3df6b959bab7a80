package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.postgres.ClientPrograms.PgDumpProgram;
import dev.lifeboat.activities.postgres.Login;
import dev.lifeboat.activities.postgres.ServerFailures;
import dev.lifeboat.activities.programs.Child;
import dev.lifeboat.activities.programs.Command;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.configuration.BackupSettings;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Compression;
import dev.lifeboat.repository.Engine;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.Snapshot;
import dev.lifeboat.repository.Source;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.seal.Seal;
import dev.lifeboat.repository.seal.SealedOutput;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Upload;
import dev.lifeboat.workflows.activity.BackupOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** The engine pg_dump: one snapshot, one stream, one sealed attempt. */
public final class PgDump {

    // We hold every lock that pg_dump wants, so it only ever waits behind somebody who waits for us: neither would move
    // again. It gives up soon, because the application may be waiting behind both; then the attempt starts again.
    private static final String LOCK_WAIT = "--lock-wait-timeout=10000";

    private final Tools tools;
    private final Repository repository;
    private final BackupOrder order;

    public PgDump(Tools tools, Repository repository, BackupOrder order) {
        this.tools = tools;
        this.repository = repository;
        this.order = order;
    }

    /** Dumps into an attempt of its own and seals it. The keeper must be alone with the run. */
    public Attempt take(Keeper keeper, Pulse pulse) throws InterruptedException {
        Instant begun = Instant.now();
        String attempt = "a-" + UUID.randomUUID().toString().substring(0, 8);
        PgDumpProgram program = tools.clients().dumpFor(major(keeper));
        LockedSnapshot snapshot = LockedSnapshot.take(keeper);
        ServerFacts facts = ServerFacts.of(keeper);
        Counts counts = Counts.begin(keeper, snapshot);
        SealedObject object = stream(command(program, snapshot, facts), snapshot, counts, attempt, pulse);
        // One table may take longer to count than a stream may stand still.
        pulse.measure("counting rows", 0, false);
        pulse.stalledAfter(policy().finishAlone());
        List<Counts.Counted> counted = counts.await();
        release(keeper);
        Attempt sealed = new Attempt(
                attempt,
                order.run().value(),
                new BackupId(order.backup()),
                order.database(),
                new Engine("pg_dump", program.version()),
                source(facts),
                new Snapshot(snapshot.time(), snapshot.lsn(), snapshot.inRecovery()),
                List.of(object),
                counted.stream().map(PgDump::tableCount).toList(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                recipients(),
                new Compression("zstd", policy().compressionLevel()),
                begun,
                Instant.now(),
                warnings(counted));
        pulse.stopIfTold();
        repository.writeAttempt(sealed);
        return sealed;
    }

    private SealedObject stream(
            Function<Login, Command> dump, LockedSnapshot snapshot, Counts counts, String attempt, Pulse pulse)
            throws InterruptedException {
        Key key = Layout.object(new BackupId(order.backup()), attempt, order.backup() + ".dump.zst.age");
        long expected = snapshot.tables().stream().mapToLong(Table::bytes).sum();
        pulse.measure("dump", expected, true);
        try (Login login = Login.to(tools.settings().server(order.database()), tools.scratch());
                Upload upload = repository.store().begin(key)) {
            SealedOutput sealed = Seal.writer(upload, recipients(), policy().compressionLevel());
            try (Child child = tools.programs().start(order.run().value(), dump.apply(login))) {
                pulse.whenTold(child::kill);
                counts.whenFailed(child::kill);
                Pipe.drain(child, sealed, pulse);
            } catch (RuntimeException e) {
                sealed.abandon();
                pulse.stopIfTold();
                throw counts.causeOf(e);
            } catch (InterruptedException e) {
                sealed.abandon();
                throw e;
            }
            sealed.close();
            upload.commit();
            return new SealedObject(
                    key,
                    key.name(),
                    sealed.plain().bytes(),
                    sealed.plain().sha256(),
                    sealed.stored().bytes(),
                    sealed.stored().sha256());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Function<Login, Command> command(PgDumpProgram program, LockedSnapshot snapshot, ServerFacts facts) {
        List<String> arguments = List.of(
                "-Fc",
                "-Z0",
                "--no-password",
                LOCK_WAIT,
                // Else role or database may set one that cannot say every letter.
                "--encoding=" + facts.encoding(),
                "--snapshot=" + snapshot.id());
        return login -> new Command(program.path(), arguments, login.environment(Keeper.purpose(order.run())));
    }

    private int major(Keeper keeper) {
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

    private Source source(ServerFacts facts) {
        return new Source(
                facts.systemId(),
                tools.settings().server(order.database()).database(),
                facts.version(),
                facts.extensions(),
                facts.encoding(),
                facts.collation(),
                facts.characterType(),
                facts.localeProvider(),
                facts.locale(),
                facts.collationVersion(),
                facts.migration(),
                facts.bytes());
    }

    private static TableCount tableCount(Counts.Counted counted) {
        Table table = counted.table();
        return counted.rows().isPresent()
                ? TableCount.counted(
                        table.schema(), table.name(), counted.rows().getAsLong())
                : TableCount.notCounted(table.schema(), table.name(), counted.why());
    }

    private List<String> warnings(List<Counts.Counted> counted) {
        List<String> warnings = new ArrayList<>();
        List<String> unlogged = counted.stream()
                .filter(it -> it.rows().isEmpty() && it.table().kind() == Table.Kind.UNLOGGED)
                .map(it -> it.table().quoted())
                .toList();
        if (!unlogged.isEmpty()) {
            // One line, however many there are: this passes through Temporal, and the manifest names them all.
            warnings.add("%d unlogged tables were dumped from a standby, where they have no rows; the first is %s"
                    .formatted(unlogged.size(), unlogged.getFirst()));
        }
        OptionalLong free = repository.store().free();
        long minimum = tools.settings().repository(order.repository()).minimumFree();
        if (free.isPresent() && free.getAsLong() < minimum) {
            warnings.add("repository '%s' has %,d MB free, less than its minimum-free of %,d MB"
                    .formatted(order.repository(), free.getAsLong() / 1_000_000, minimum / 1_000_000));
        }
        return warnings;
    }

    private List<String> recipients() {
        RepositorySettings settings = tools.settings().repository(order.repository());
        return settings.recipients().stream().map(Object::toString).toList();
    }

    private BackupSettings policy() {
        return tools.settings().database(order.database()).backup();
    }
}
