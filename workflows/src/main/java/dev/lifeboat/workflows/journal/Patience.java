package dev.lifeboat.workflows.journal;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a run that nobody watches bears trouble: it tries again with growing pauses, and gives up in the end.
 *
 * @param giveUpAfter how long after its first trouble a step is still tried again
 * @param atTerminal a person waits at a terminal: what only a person can mend ends the run at once
 * @param onTrouble told once when a step gets into trouble, and again when a person's retry did not help
 * @param onEnd told when the journal gives up
 */
public record Patience(Duration giveUpAfter, boolean atTerminal, Consumer<Entry> onTrouble, Consumer<Entry> onEnd)
        implements Bearing {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final Duration LONGEST_PAUSE_OF_ALL = Duration.ofHours(6);
    // Each try is some twenty events in a history that may hold fifty thousand.
    private static final int TRIES = 168;
    private static final int DOUBLINGS = 9;

    @Override
    public Next next(Stuck stuck) {
        if (atTerminal && stuck.onlyAPersonCanMend()) {
            return new Next.End();
        }
        Duration left = giveUpAfter.minus(stuck.sinceFirstTrouble());
        if (left.isZero() || left.isNegative()) {
            return new Next.GiveUp();
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(stuck.pauses(), DOUBLINGS));
        return new Next.TryAgainAfter(shorter(left, shorter(pause, longestPause())));
    }

    /** A quarter of an hour, or an hour where trouble is borne for a week. */
    private Duration longestPause() {
        Duration share = shorter(giveUpAfter.dividedBy(TRIES), LONGEST_PAUSE_OF_ALL);
        return share.compareTo(LONGEST_PAUSE) > 0 ? share : LONGEST_PAUSE;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
