package dev.lifeboat.workers;

import dev.lifeboat.activities.postgres.Sql;
import dev.lifeboat.activities.programs.Command;
import dev.lifeboat.activities.programs.Programs;
import io.temporal.common.interceptors.WorkerInterceptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A worker like the real one, with a test in each of its doors. Its arguments are the real one's; what the test wants is
 * said in system properties: {@code lifeboat.effects}, {@code .mode}, {@code .point}, {@code .runbooks} and {@code .linger}
 * as {@link Effects} has them, {@code .heartbeat}, {@code .bug} and {@code .attempts} as {@link Impatience} has them, and
 * {@code .bytes-per-second}, how fast its stores are.
 */
public final class KillableWorker {

    /** What an incident is about whose days take 45 seconds. */
    public static final String SHORT_DAYS = Impatience.SHORT_DAYS;

    private KillableWorker() {}

    public static void main(String[] arguments) {
        Effects effects = new Effects(
                Path.of(System.getProperty("lifeboat.effects")),
                new Effects.Wishes(
                        Effects.Mode.valueOf(System.getProperty("lifeboat.mode", "RECORD")),
                        System.getProperty("lifeboat.point", ""),
                        Stream.of(System.getProperty("lifeboat.runbooks", "").split(",", -1))
                                .filter(it -> !it.isBlank())
                                .collect(Collectors.toSet()),
                        Duration.parse(System.getProperty("lifeboat.linger", "PT0S"))));
        System.exit(WorkerApplication.run(doors(effects), arguments));
    }

    /** What stood between its runs and Temporal; their replay needs it again where they have seen another time. */
    public static WorkerInterceptor impatience() {
        return new Impatience(Duration.ofSeconds(2), "", 0);
    }

    private static Doors doors(Effects effects) {
        long slow = Long.getLong("lifeboat.bytes-per-second", 0);
        Impatience impatience = new Impatience(
                Duration.parse(System.getProperty("lifeboat.heartbeat", "PT2S")),
                System.getProperty("lifeboat.bug", ""),
                Integer.getInteger("lifeboat.attempts", 0));
        return new Doors(
                store -> new CountedStore(store, effects, slow),
                programs -> countedPrograms(programs, effects),
                sql -> countedSql(sql, effects),
                List.of(impatience, new CountedActivities(effects)));
    }

    private static Programs countedPrograms(Programs programs, Effects effects) {
        return (owner, command) -> effects.effect("start " + words(command), () -> programs.start(owner, command));
    }

    private static Sql countedSql(Sql sql, Effects effects) {
        return (address, purpose) -> effects.effect("connect", () -> sql.connect(address, purpose));
    }

    private static String words(Command command) {
        return command.arguments().contains("--version") ? command.name() + " --version" : command.name();
    }
}
