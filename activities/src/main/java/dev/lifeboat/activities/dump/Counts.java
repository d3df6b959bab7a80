package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.postgres.ServerFailures;
import dev.lifeboat.repository.TableCount;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** The exact row count of tables, by SQL, in the snapshot that is being dumped. */
final class Counts {

    private final CompletableFuture<Counted> result;

    private Counts(CompletableFuture<Counted> result) {
        this.result = result;
    }

    /**
     * Counts on a thread of its own, on the keeper's session, while the dump runs on another. If that fails the snapshot
     * is gone, and a dump of it is worth nothing.
     */
    static Counts begin(Keeper keeper, ReadingPlan plan, FirstTrouble trouble) {
        CompletableFuture<Counted> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("counting").start(() -> {
            try {
                result.complete(count(keeper.connection(), plan));
            } catch (SQLException e) {
                RuntimeException failure = ServerFailures.working(keeper.address(), "counting rows", e);
                trouble.occurred(failure);
                result.completeExceptionally(failure);
            } catch (RuntimeException e) {
                trouble.occurred(e);
                result.completeExceptionally(e);
            } catch (Throwable e) {
                // Whoever waits has to hear of an Error, too: nobody else ends the wait.
                trouble.occurred(new IllegalStateException("counting rows ended with " + e, e));
                result.completeExceptionally(e);
            }
        });
        return new Counts(result);
    }

    Counted await() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new CompletionException(e.getCause());
        }
    }

    private static Counted count(Connection connection, ReadingPlan plan) throws SQLException {
        List<Counted.Rows> counted = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (Table table : plan.tables()) {
                Optional<String> why = plan.whyNotCounted(table);
                if (why.isPresent()) {
                    counted.add(new Counted.Rows(table, OptionalLong.empty(), why.get()));
                } else if (table.kind() == Table.Kind.MATERIALIZED_VIEW) {
                    counted.add(tried(connection, statement, table));
                } else {
                    counted.add(new Counted.Rows(table, OptionalLong.of(number(statement, rowsOf(table))), ""));
                }
            }
            return new Counted(counted, number(statement, "SELECT count(*) FROM pg_catalog.pg_largeobject_metadata"));
        }
    }

    // It may be without rows yet, closed to us, or just be computed anew: nothing that a backup depends on.
    private static Counted.Rows tried(Connection connection, Statement statement, Table view) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            long rows = number(statement, rowsOf(view));
            connection.releaseSavepoint(before);
            return new Counted.Rows(view, OptionalLong.of(rows), "");
        } catch (SQLException e) {
            if (connection.isClosed()) {
                throw e;
            }
            connection.rollback(before);
            return new Counted.Rows(
                    view,
                    OptionalLong.empty(),
                    TableCount.MATERIALIZED_VIEW
                            + "; they could not be counted (%s)".formatted(ServerFailures.said(e)));
        }
    }

    private static String rowsOf(Table table) {
        // An extension's filter comes with the query that pg_dump makes of it, which is not one of ONLY.
        return table.filter().isEmpty()
                ? "SELECT count(*) FROM ONLY " + table.quoted()
                : "SELECT count(*) FROM " + table.quoted() + " " + table.filter();
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
