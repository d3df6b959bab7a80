package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.postgres.ServerFailures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** The exact row count of every table, by SQL, in the snapshot that is being dumped. */
final class Counts {

    private final CompletableFuture<List<Counted>> result;

    private Counts(CompletableFuture<List<Counted>> result) {
        this.result = result;
    }

    /** Counts on a thread of its own, on the keeper's session, while the dump runs on another. */
    static Counts begin(Keeper keeper, LockedSnapshot snapshot) {
        CompletableFuture<List<Counted>> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("counting").start(() -> {
            try {
                result.complete(count(keeper, snapshot));
            } catch (SQLException e) {
                result.completeExceptionally(ServerFailures.working(keeper.address(), "counting rows", e));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return new Counts(result);
    }

    /** Does {@code work} as soon as counting fails: the snapshot is gone then, and a dump of it is worth nothing. */
    void whenFailed(Runnable work) {
        var unused = result.whenComplete((counted, failure) -> {
            if (failure != null) {
                work.run();
            }
        });
    }

    /** Why {@code effect} happened: that counting failed, if it did. */
    RuntimeException causeOf(RuntimeException effect) {
        if (result.isCompletedExceptionally() && result.exceptionNow() instanceof RuntimeException cause) {
            cause.addSuppressed(effect);
            return cause;
        }
        return effect;
    }

    List<Counted> await() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new CompletionException(e.getCause());
        }
    }

    private static List<Counted> count(Keeper keeper, LockedSnapshot snapshot) throws SQLException {
        List<Counted> counted = new ArrayList<>();
        try (Statement statement = keeper.connection().createStatement()) {
            for (Table table : snapshot.tables()) {
                counted.add(
                        isCountable(table, snapshot)
                                ? new Counted(table, OptionalLong.of(rows(statement, table)), "")
                                : new Counted(table, OptionalLong.empty(), reason(table)));
            }
        }
        return counted;
    }

    private static long rows(Statement statement, Table table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM ONLY " + table.quoted())) {
            row.next();
            return row.getLong(1);
        }
    }

    private static boolean isCountable(Table table, LockedSnapshot snapshot) {
        return switch (table.kind()) {
            case ORDINARY -> true;
            case UNLOGGED -> !snapshot.inRecovery();
            case PARTITIONED, EXTENSION_CONFIGURATION -> false;
        };
    }

    private static String reason(Table table) {
        return switch (table.kind()) {
            case ORDINARY -> "";
            case UNLOGGED -> "unlogged: not on a standby, so not in this dump";
            case PARTITIONED -> "partitioned: its rows are in its partitions";
            case EXTENSION_CONFIGURATION -> "extension configuration: dumped with the extension's own filter";
        };
    }

    /**
     * A table and its rows.
     *
     * @param why why it was not counted; empty if it was
     */
    record Counted(Table table, OptionalLong rows, String why) {}
}
