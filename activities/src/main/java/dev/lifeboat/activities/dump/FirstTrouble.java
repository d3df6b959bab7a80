package dev.lifeboat.activities.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first thing that went wrong in work that several threads share, and what ends at once when it does. What fails
 * afterwards is only its effect.
 */
final class FirstTrouble {

    private final List<Runnable> ends = new ArrayList<>();
    private Optional<RuntimeException> first = Optional.empty();

    /** Says what went wrong, and ends the rest; does nothing if something went wrong before. */
    void occurred(RuntimeException trouble) {
        List<Runnable> work;
        synchronized (this) {
            if (first.isPresent()) {
                return;
            }
            first = Optional.of(trouble);
            work = List.copyOf(ends);
        }
        work.forEach(Runnable::run);
    }

    /** Does {@code work} as soon as something goes wrong; at once, if it already did. */
    void whenOccurred(Runnable work) {
        synchronized (this) {
            if (first.isEmpty()) {
                ends.add(work);
                return;
            }
        }
        work.run();
    }

    /** Why {@code effect} happened: the first trouble, if there was any. */
    synchronized RuntimeException causeOf(RuntimeException effect) {
        first.filter(cause -> !cause.equals(effect)).ifPresent(cause -> cause.addSuppressed(effect));
        return first.orElse(effect);
    }

    /** Throws what went wrong, if anything did. */
    synchronized void throwIfOccurred() {
        if (first.isPresent()) {
            throw first.get();
        }
    }
}
