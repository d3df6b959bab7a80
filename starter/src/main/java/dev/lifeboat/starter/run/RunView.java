package dev.lifeboat.starter.run;

import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.api.common.v1.Payloads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run, as far as its history goes.
 *
 * @param name empty if the workflow id is no right, as after a start by hand
 * @param runbook the workflow's type
 * @param operator who asked for it; empty if nobody said
 * @param waiting what it waits for: {@code operator}, {@code approval}; empty if it does not wait
 * @param blocked why its worker cannot decide what comes next; empty if one can, or nobody looked
 * @param problem why it ended badly; empty if it did not
 * @param hint the next move after that; empty if there is none
 * @param input what it was asked
 * @param result what it returned; empty until it completed
 */
public record RunView(
        RunAddress address,
        Optional<RunName> name,
        String runbook,
        String operator,
        Instant started,
        Optional<Instant> ended,
        State state,
        String waiting,
        String blocked,
        String problem,
        String hint,
        List<RunStep> steps,
        Payloads input,
        Optional<Payloads> result) {

    public enum State {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED,
        TERMINATED,
        TIMED_OUT;

        public boolean isOver() {
            return this != RUNNING;
        }
    }

    /** What a person types to name this run. */
    public String label() {
        return name.map(RunName::value).orElse(address.right());
    }

    /** What a person needs to know of a run whose worker cannot go on; empty if it can. */
    public Optional<String> trouble() {
        return blocked.isEmpty()
                ? Optional.empty()
                : Optional.of("this run is blocked: %s; it goes on by itself once a worker with the fix comes"
                        .formatted(Terminal.clean(blocked)));
    }

    public Duration took(Instant now) {
        return Duration.between(started, ended.orElse(now));
    }
}
