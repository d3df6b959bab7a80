package dev.lifeboat.starter;

import dev.lifeboat.starter.terminal.Terminal;
import java.util.function.Supplier;

/** What Ctrl-C means while a run is shown: the command ends, and a line says what becomes of the run. */
final class Detachment {

    private Detachment() {}

    /** The line for a run that goes on without the command. */
    static String goesOn(String run) {
        return "detached: %s goes on. Watch it: lifeboat watch %s   Stop it: lifeboat cancel %s"
                .formatted(run, run, run);
    }

    /** Does {@code work}; ended by Ctrl-C meanwhile, the command says {@code line}. */
    static <T> T during(String line, Terminal terminal, Supplier<T> work) {
        Thread farewell = new Thread(
                () -> {
                    terminal.say("");
                    terminal.say(line);
                },
                "farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            return work.get();
        } finally {
            forget(farewell);
        }
    }

    private static void forget(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // The process is ending already, and the line was said.
        }
    }
}
