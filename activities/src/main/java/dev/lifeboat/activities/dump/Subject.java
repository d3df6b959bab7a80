package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.postgres.ClientPrograms.PgDumpProgram;
import dev.lifeboat.repository.Engine;
import dev.lifeboat.repository.Snapshot;
import dev.lifeboat.repository.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * The database that is dumped, as it stands in the keeper's snapshot, and the program that does it.
 *
 * @param sequences where they stood before the dump
 */
record Subject(PgDumpProgram program, ReadingPlan plan, ServerFacts facts, Sequences sequences) {

    // We hold every lock that pg_dump wants, so it only ever waits behind somebody who waits for us: neither would move
    // again. It gives up soon, because the application may be waiting behind both; then the attempt starts again.
    private static final String LOCK_WAIT = "--lock-wait-timeout=10000";

    /** What pg_dump is told. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "-Fc",
                "-Z0",
                "--no-password",
                LOCK_WAIT,
                // Else role or database may set one that cannot say every letter.
                "--encoding=" + facts.encoding(),
                "--snapshot=" + plan.snapshot().id()));
        arguments.addAll(plan.exclusions().arguments(plan.tables()));
        return arguments;
    }

    /** How large its tables are, all together, in bytes on disk. */
    long bytes() {
        return plan.tables().stream().mapToLong(Table::bytes).sum();
    }

    Engine engine() {
        return new Engine("pg_dump", program.version());
    }

    Snapshot snapshot() {
        return new Snapshot(
                plan.snapshot().time(), plan.snapshot().lsn(), plan.snapshot().inRecovery());
    }

    Source source() {
        return new Source(
                facts.systemId(),
                facts.database(),
                facts.version(),
                facts.extensions(),
                facts.encoding(),
                facts.collation(),
                facts.characterType(),
                facts.localeProvider(),
                facts.locale(),
                facts.collationVersion(),
                facts.monetary(),
                facts.migration(),
                facts.bytes());
    }
}
