package dev.lifeboat.starter;

import dev.lifeboat.starter.terminal.Terminal;
import java.util.function.Supplier;

/** What Ctrl-C means while a run is shown: the command ends, the run goes on, and a line says so. */
final class Detachment {

    private Detachment() {}

    /** Does {@code work}; ended by Ctrl-C meanwhile, the command says that {@code run} goes on. */
    static <T> T during(String run, Terminal terminal, Supplier<T> work) {
        Thread farewell = new Thread(
                () -> {
                    terminal.say("");
                    terminal.say("detached: %s goes on. Watch it: lifeboat watch %s   Stop it: lifeboat cancel %s"
                            .formatted(run, run, run));
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
