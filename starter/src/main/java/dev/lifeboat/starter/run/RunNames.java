package dev.lifeboat.starter.run;

import dev.lifeboat.workflows.model.RunName;
import java.time.Instant;
import java.util.Optional;

/** From a right to the names of its runs. */
final class RunNames {

    private RunNames() {}

    static boolean isRight(String text) {
        return RunName.isRight(text);
    }

    /** Empty if the workflow id is no right of ours, as after a start by hand with another id. */
    static Optional<RunName> of(String right, Instant started, String firstRunId) {
        int slash = right.indexOf('/');
        return isRight(right) && firstRunId.length() >= 4
                ? Optional.of(RunName.of(right.substring(0, slash), right.substring(slash + 1), started, firstRunId))
                : Optional.empty();
    }
}
