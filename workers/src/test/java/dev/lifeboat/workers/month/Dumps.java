package dev.lifeboat.workers.month;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.configuration.StoreRight;
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
import dev.lifeboat.workflows.activity.BackupActivities;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.backup.BackupRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Takes backups of a database that is not there: some bytes each. All else is the product's own. */
final class Dumps implements BackupActivities {

    private static final String ATTEMPT = "a1";
    private static final byte[] BYTES = "all rows of all tables".getBytes(StandardCharsets.UTF_8);
    private static final String FILE = "orders.dump.zst.age";

    private final BackupActivities real;
    private final World world;
    private final Tools tools;
    private final TestTime time;
    private final LongDumps dumps;

    Dumps(BackupActivities real, World world, Tools tools, TestTime time, LongDumps dumps) {
        this.real = real;
        this.world = world;
        this.tools = tools;
        this.time = time;
        this.dumps = dumps;
    }

    @Override
    public Taken take(BackupOrder order) {
        world.askTheDatabase();
        Instant begin = time.now();
        dumps.last(time);
        Repository repository = tools.repositories().open(order.repository(), StoreRight.WRITE);
        BackupId backup = new BackupId(order.backup());
        if (repository.attempts(backup).isEmpty()) {
            repository.store().create(Layout.object(backup, ATTEMPT, FILE), BYTES);
            repository.writeAttempt(attempt(order, backup, begin));
        }
        return new Taken(ATTEMPT, 1, 10, BYTES.length, BYTES.length, List.of());
    }

    @Override
    public Looked look(BackupOrder order, String attempt) {
        return real.look(order, attempt);
    }

    @Override
    public void commit(BackupOrder order, String attempt, BackupRequest labels) {
        real.commit(order, attempt, labels);
    }

    @Override
    public void awaitEnd(BackupOrder order) {
        world.askTheDatabase();
    }

    private Attempt attempt(BackupOrder order, BackupId backup, Instant begin) {
        return new Attempt(
                ATTEMPT,
                order.run().value(),
                backup,
                order.database(),
                new Engine("pg_dump", "18.1"),
                source(),
                new Snapshot(begin, "0/1A2B3C8", false),
                List.of(new SealedObject(
                        Layout.object(backup, ATTEMPT, FILE), FILE, BYTES.length, sha256(), BYTES.length, sha256())),
                List.of(TableCount.counted("public", "orders", 10)),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                tools.settings().repository(order.repository()).recipients().stream()
                        .toList(),
                new Compression("zstd", 1),
                begin,
                time.now(),
                List.of());
    }

    private static Source source() {
        return new Source(
                "7300000000000000000",
                "orders",
                "17.6",
                List.of(),
                "UTF8",
                "C",
                "C",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BYTES.length);
    }

    private static String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
