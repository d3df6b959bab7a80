package dev.lifeboat.workflows.journal;

import java.time.Duration;
import java.util.function.Consumer;

/** How a journal bears a step that failed although Temporal's own quick retries were used up. */
sealed interface Bearing permits Attendance, Patience {

    Consumer<Entry> onTrouble();

    Consumer<Entry> onEnd();

    Next next(Stuck stuck);

    /** What comes after a failure. */
    sealed interface Next {

        record TryAgainAfter(Duration pause) implements Next {}

        record WaitForAPerson() implements Next {}

        record GiveUp() implements Next {}

        /** As giving up, but whoever has to know is there already. */
        record End() implements Next {}
    }
}
