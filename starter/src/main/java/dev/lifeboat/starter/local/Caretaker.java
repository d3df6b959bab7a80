package dev.lifeboat.starter.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Looks after the servers of a command as long as it works: one that died is started again, a few times. What it cannot
 * help is told once, to whoever waits for them.
 */
final class Caretaker implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int RESTARTS = 3;

    private final Consumer<String> say;
    private final Consumer<String> beyondHelp;
    private final List<Charge> charges = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("caretaker").unstarted(this::look);
    private volatile boolean closed;

    private static final class Charge {
        private final String name;
        private final BooleanSupplier alive;
        private final Optional<Runnable> restart;
        private int restarts;

        private Charge(String name, BooleanSupplier alive, Optional<Runnable> restart) {
            this.name = name;
            this.alive = alive;
            this.restart = restart;
        }
    }

    /** @param beyondHelp hears what died and could not be started again */
    Caretaker(Consumer<String> say, Consumer<String> beyondHelp) {
        this.say = say;
        this.beyondHelp = beyondHelp;
    }

    /** @param restart empty for what forgets everything when it dies */
    void lookAfter(String name, BooleanSupplier alive, Optional<Runnable> restart) {
        charges.add(new Charge(name, alive, restart));
    }

    void start() {
        thread.start();
    }

    private void look() {
        while (!closed) {
            for (Charge charge : charges) {
                if (!closed && !charge.alive.getAsBoolean() && !help(charge)) {
                    return;
                }
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                return; // closed
            }
        }
    }

    private boolean help(Charge charge) {
        charge.restarts++;
        if (charge.restart.isEmpty() || charge.restarts > RESTARTS) {
            beyondHelp.accept(charge.name);
            return false;
        }
        say.accept("%s died; starting it again".formatted(charge.name));
        try {
            charge.restart.get().run();
        } catch (RuntimeException e) {
            say.accept("%s could not be started again: %s".formatted(charge.name, e.getMessage()));
        }
        return true;
    }

    /** Returns when it will start nothing any more. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(90));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
