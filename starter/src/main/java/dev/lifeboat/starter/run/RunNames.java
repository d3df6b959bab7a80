package dev.lifeboat.starter.run;

import dev.lifeboat.workflows.model.RunName;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a right to the names of its runs. */
final class RunNames {

    private static final Pattern RIGHT =
            Pattern.compile("([a-z]+)/((?:[a-z0-9][a-z0-9_-]*-\\d{8}T\\d{6}Z-[0-9a-z]{4}/)?[a-z0-9][a-z0-9_-]*)");

    private RunNames() {}

    static boolean isRight(String text) {
        return RIGHT.matcher(text).matches();
    }

    /** Empty if the workflow id is no right of ours, as after a start by hand with another id. */
    static Optional<RunName> of(String right, Instant started, String firstRunId) {
        Matcher matcher = RIGHT.matcher(right);
        return matcher.matches() && firstRunId.length() >= 4
                ? Optional.of(RunName.of(matcher.group(1), matcher.group(2), started, firstRunId))
                : Optional.empty();
    }
}
