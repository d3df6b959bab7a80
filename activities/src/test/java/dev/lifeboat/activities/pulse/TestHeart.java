package dev.lifeboat.activities.pulse;

import io.temporal.client.ActivityCompletionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A heart that says what a test wants it to say, and remembers the progress it was told. */
final class TestHeart implements Heart {

    private final List<Progress> beats = new ArrayList<>();
    private Optional<RuntimeException> answer = Optional.empty();
    private Optional<RuntimeException> answerToWanted = Optional.empty();
    private boolean wanted = true;

    void answersEveryBeatWith(RuntimeException said) {
        answer = Optional.of(said);
    }

    void answersBeatsAgain() {
        answer = Optional.empty();
    }

    void isNotWantedAnyMore() {
        wanted = false;
    }

    void cannotBeAskedWhetherItIsWanted(RuntimeException trouble) {
        answerToWanted = Optional.of(trouble);
    }

    void canBeAskedAgain() {
        answerToWanted = Optional.empty();
    }

    List<Progress> beats() {
        return beats;
    }

    @Override
    public synchronized void beat(Progress progress) throws ActivityCompletionException {
        beats.add(progress);
        answer.ifPresent(said -> {
            throw said;
        });
    }

    @Override
    public boolean isStillWanted() {
        answerToWanted.ifPresent(trouble -> {
            throw trouble;
        });
        return wanted;
    }
}
