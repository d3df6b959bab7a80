package dev.lifeboat.workers;

import dev.lifeboat.activities.postgres.Sql;
import dev.lifeboat.activities.programs.Command;
import dev.lifeboat.activities.programs.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A worker like the real one, with a test in each of its doors. Its arguments are the real one's; what the test wants is
 * said in system properties: {@code lifeboat.effects}, {@code .mode} and {@code .point} as {@link Effects} has them,
 * {@code .heartbeat}, {@code .bug} and {@code .attempts} as {@link Impatience} has them, and {@code .bytes-per-second},
 * how fast its stores are.
 */
public final class KillableWorker {

    private KillableWorker() {}

    public static void main(String[] arguments) {
        Effects effects = new Effects(
                Path.of(System.getProperty("lifeboat.effects")),
                Effects.Mode.valueOf(System.getProperty("lifeboat.mode", "RECORD")),
                System.getProperty("lifeboat.point", ""));
        System.exit(WorkerApplication.run(doors(effects), arguments));
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
