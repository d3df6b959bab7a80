package dev.lifeboat.workflows.journal;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a run that people watch bears trouble: it asks them, and never gives up by itself.
 *
 * @param tryAgainAfter how long to wait for an answer before trying again without one; not used past the point of no
 *     return, where only a person decides
 * @param onTrouble told once when a step gets into trouble, and again when a person's retry did not help
 */
public record Attendance(Duration tryAgainAfter, Consumer<Entry> onTrouble) implements Bearing {

    @Override
    public Consumer<Entry> onEnd() {
        return nobodyNeedsToBeTold -> {};
    }

    @Override
    public Next next(Stuck stuck) {
        return stuck.pastReturn() ? new Next.WaitForAPerson() : new Next.TryAgainAfter(tryAgainAfter);
    }
}
