package dev.lifeboat.activities.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.backup.RepositoryBackupActivities;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.activities.pulse.PulseInterceptor;
import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.workflows.activity.BackupActivities;
import dev.lifeboat.workflows.activity.BackupActivities.Taken;
import dev.lifeboat.workflows.activity.BackupOrder;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(600)
class ManyTablesTest {

    private static final int TABLES = 10_000;
    private static final int PAYLOAD = 4 * 1024;

    @TempDir
    Path folder;

    @Test
    void ten_thousand_tables_with_ten_thousand_sequences_make_one_small_payload() {
        try (TestPostgres server = TestPostgres.start(List.of("max_locks_per_transaction = 1000"))) {
            server.createDatabase("orders");
            for (int from = 0; from < TABLES; from += 1000) {
                server.execute("orders", """
                        DO $$ BEGIN FOR i IN %d..%d LOOP
                            EXECUTE format('CREATE TABLE a_table_with_a_rather_long_name_%%s (id serial)', i);
                            EXECUTE format('INSERT INTO a_table_with_a_rather_long_name_%%s DEFAULT VALUES', i);
                        END LOOP; END $$
                        """.formatted(from, from + 999));
            }
            TestTools setup = new TestTools(folder, server);
            setup.open();
            BackupOrder order = TestTools.order("aaaa");

            Taken taken = taken(setup, order);

            assertThat(taken.tables()).isEqualTo(TABLES);
            assertThat(taken.rows()).isEqualTo(TABLES);
            assertThat(DefaultDataConverter.newDefaultInstance()
                            .toPayload(taken)
                            .orElseThrow()
                            .getSerializedSize())
                    .isLessThan(PAYLOAD);
            Attempt attempt =
                    setup.open().attempts(new BackupId(order.backup())).getFirst();
            assertThat(attempt.sequences()).hasSize(TABLES);
            assertThat(attempt.tables()).allMatch(it -> it.fingerprint().isPresent());
        }
    }

    private static Taken taken(TestTools setup, BackupOrder order) {
        TestActivityEnvironment temporal = TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new PulseInterceptor())
                        .build())
                .build());
        try {
            temporal.registerActivitiesImplementations(new RepositoryBackupActivities(setup.tools()));
            return temporal.newActivityStub(BackupActivities.class).take(order);
        } finally {
            temporal.close();
        }
    }
}
