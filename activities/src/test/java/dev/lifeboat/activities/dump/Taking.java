package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.postgres.Sql;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.activities.pulse.TestPulse;
import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.workflows.activity.BackupOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/** Whole attempts at a backup of the database {@code orders}, and bare tools for what they stored. */
final class Taking {

    private final TestPostgres server;
    private final TestTools setup;
    private final BackupOrder order =
            TestTools.order(UUID.randomUUID().toString().substring(0, 4));

    Taking(TestPostgres server, TestTools setup) {
        this.server = server;
        this.setup = setup;
    }

    BackupOrder order() {
        return order;
    }

    Attempt attempt() throws InterruptedException {
        return attempt(setup.tools(), setup.open());
    }

    /** Through a door to SQL of the test's own. */
    Attempt attempt(Sql sql) throws InterruptedException {
        Tools tools = setup.tools();
        return attempt(
                new Tools(
                        tools.settings(),
                        tools.repositories(),
                        tools.programs(),
                        tools.clients(),
                        sql,
                        tools.scratch(),
                        tools.host()),
                setup.open());
    }

    CompletableFuture<Attempt> begin() {
        Tools tools = setup.tools();
        Repository repository = setup.open();
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return attempt(tools, repository);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private Attempt attempt(Tools tools, Repository repository) throws InterruptedException {
        try (TestPulse pulse = new TestPulse();
                Keeper keeper =
                        Keeper.alone(tools.sql(), tools.settings().server("orders"), order.run(), pulse.pulse())) {
            // As the activity does it.
            pulse.pulse().measure("locking the tables", 0, false);
            pulse.pulse()
                    .stalledAfter(
                            tools.settings().database(order.database()).backup().stalledAfter());
            return new PgDump(tools, repository, order).take(keeper, pulse.pulse());
        }
    }

    static Attempt result(CompletableFuture<Attempt> attempt) throws Throwable {
        try {
            return attempt.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    /** What was sealed by now. */
    List<Attempt> sealed() {
        return setup.open().attempts(new BackupId(order.backup()));
    }

    static TableCount table(Attempt attempt, String name) {
        return attempt.tables().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Opens a stored object with nothing of ours, into {@code plain}. */
    void open(Key key, Path plain) {
        bash(
                "age -d -i \"$1\" \"$2\" | zstd -q -d > \"$3\"",
                setup.identityFile(),
                setup.repositoryFolder().resolve(key.value()),
                plain);
    }

    static String bash(String script, Object... arguments) {
        List<String> line = new java.util.ArrayList<>(List.of("bash", "-c", "set -euo pipefail; " + script, "bash"));
        for (Object argument : arguments) {
            line.add(argument.toString());
        }
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(script + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A pg_dump that is a script of the test's own; {@code $REAL} is the folder of the real ones. */
    void pgDumpIs(Path folder, String script) {
        try {
            Path programs = Files.createDirectory(folder.resolve("programs"));
            Path program = programs.resolve("pg_dump");
            Files.writeString(
                    program,
                    "#!/bin/bash\nset -euo pipefail\nREAL=%s\n[ \"$1\" = --version ] && exec $REAL/pg_dump \"$@\"\n%s\n"
                            .formatted(server.binaries(), script));
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            setup.clientsBelow(programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sessions whose statements a test hears first; those for which it answers true do nothing at all. */
    static Sql hearing(Sql real, Predicate<String> heard) {
        return (address, purpose) -> hearing(Connection.class, real.connect(address, purpose), heard);
    }

    private static <T> T hearing(Class<T> type, T real, Predicate<String> heard) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().startsWith("execute")
                            && arguments != null
                            && heard.test(String.valueOf(arguments[0]))) {
                        return false;
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        return result instanceof Statement statement
                                        && method.getName().equals("createStatement")
                                ? hearing(Statement.class, statement, heard)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
