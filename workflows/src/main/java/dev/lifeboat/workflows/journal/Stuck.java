package dev.lifeboat.workflows.journal;

import io.temporal.failure.TemporalFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One step, and the trouble it has had so far. Plain memory of a run, rebuilt by replay. */
final class Stuck {

    private static final int LOST_IN_A_ROW = 20;

    private final String title;
    private final int position;
    private final boolean skippable;
    private final boolean pastReturn;

    private Optional<Instant> firstTrouble = Optional.empty();
    private Optional<Answer> answer = Optional.empty();
    private Duration sinceFirstTrouble = Duration.ZERO;
    private boolean onlyAPersonCanMend;
    private boolean told;
    private int pauses;
    private int lost;

    Stuck(String title, int position, boolean skippable, boolean pastReturn) {
        this.title = title;
        this.position = position;
        this.skippable = skippable;
        this.pastReturn = pastReturn;
    }

    /** Whether the attempt was lost with its worker and may simply be repeated; a step that kills its worker may not. */
    boolean mayRepeatAtOnce(TemporalFailure failure) {
        if (!Trouble.isLost(failure)) {
            lost = 0;
            return false;
        }
        lost++;
        return lost <= LOST_IN_A_ROW;
    }

    void trouble(TemporalFailure failure, Instant now) {
        if (firstTrouble.isEmpty()) {
            firstTrouble = Optional.of(now);
        }
        sinceFirstTrouble = Duration.between(firstTrouble.get(), now);
        onlyAPersonCanMend = Trouble.onlyAPersonCanMend(failure);
    }

    /** Whether people have to be told now; says so once, and again after a person's answer. */
    boolean tellNow() {
        boolean now = !told;
        told = true;
        return now;
    }

    void hear(Answer heard) {
        answer = Optional.of(heard);
        told = false;
    }

    /** The answer, if one came; it counts once. */
    Optional<Answer> takeAnswer() {
        Optional<Answer> taken = answer;
        answer = Optional.empty();
        pauses++;
        return taken;
    }

    boolean answered() {
        return answer.isPresent();
    }

    String title() {
        return title;
    }

    int position() {
        return position;
    }

    boolean skippable() {
        return skippable;
    }

    boolean pastReturn() {
        return pastReturn;
    }

    Duration sinceFirstTrouble() {
        return sinceFirstTrouble;
    }

    boolean onlyAPersonCanMend() {
        return onlyAPersonCanMend;
    }

    int pauses() {
        return pauses;
    }
}
