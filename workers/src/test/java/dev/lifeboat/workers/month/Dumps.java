package dev.lifeboat.workers.month;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.TestBackup;
import dev.lifeboat.workflows.activity.BackupActivities;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.backup.BackupRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Takes backups of a database that is not there: some bytes each. All else is the product's own. */
final class Dumps implements BackupActivities {

    private static final String ATTEMPT = "a1";
    private static final byte[] BYTES = "all rows of all tables".getBytes(StandardCharsets.UTF_8);

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
            TestBackup.of(backup)
                    .run(order.run().value())
                    .content(BYTES)
                    .tables(List.of(TableCount.counted("public", "orders", 10)))
                    .recipients(tools.settings().repository(order.repository()).recipients().stream()
                            .toList())
                    .took(begin, time.now())
                    .seal(repository);
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
}
