package dev.lifeboat.starter.run;

import dev.lifeboat.workflows.model.RunName;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a right to the names of its runs. */
final class RunNames {

    /** The workflow id of a run that a schedule started: its schedule, and the point in time that Temporal appends. */
    private static final Pattern ON_SCHEDULE =
            Pattern.compile("on-(schedule/[a-z0-9/_-]{1,200}?)(-\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z)?");

    private RunNames() {}

    static boolean isRight(String text) {
        return RunName.isRight(text) || scheduled(text).isPresent();
    }

    /** The beginning of the workflow ids of runs that may have that name; empty if the name says the whole of it. */
    static Optional<String> beginning(RunName name) {
        return name.verb().equals("schedule") ? Optional.of("on-" + name.right()) : Optional.empty();
    }

    private static Optional<String> scheduled(String workflowId) {
        Matcher matcher = ON_SCHEDULE.matcher(workflowId);
        return matcher.matches() ? Optional.of(matcher.group(1)).filter(RunName::isRight) : Optional.empty();
    }

    /** Empty if the workflow id is no right of ours, as after a start by hand with another id. */
    static Optional<RunName> of(String workflowId, Instant started, String firstRunId) {
        String right = scheduled(workflowId).orElse(workflowId);
        int slash = right.indexOf('/');
        return RunName.isRight(right) && firstRunId.length() >= 4
                ? Optional.of(RunName.of(right.substring(0, slash), right.substring(slash + 1), started, firstRunId))
                : Optional.empty();
    }
}
