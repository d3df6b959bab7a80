package dev.lifeboat.workflows.journal;

import dev.lifeboat.workflows.model.FailureType;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.CancellationScope;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a failure means to a person: whose turn it is, and what happened in one line. */
public final class Trouble {

    /** The type of a failure by which an attempt says that only its worker stopped; the work itself is not in doubt. */
    public static final String WORKER_STOPPED = "WORKER_STOPPED";

    private static final int LONGEST_LINE = 2_000;
    private static final String CLASS_NAME = "(?:[a-z][a-zA-Z0-9_]*\\.){2,}[A-Z][A-Za-z0-9_$]*(?::\\s*)?";
    private static final List<String> FOR_GOOD =
            Arrays.stream(FailureType.values()).map(Enum::name).toList();

    private Trouble() {}

    /**
     * What went wrong and what to do next, in one line of at most 2,000 characters, without names of classes and without a
     * full stop at its end: more may follow.
     */
    public static String problem(Throwable failure) {
        String line = typed(failure)
                .map(Trouble::withHint)
                .orElseGet(() -> rootCause(failure))
                .replaceAll(CLASS_NAME, "")
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .replaceAll("[.\\s]+$", "")
                .strip();
        String said = line.isEmpty() ? "it failed and did not say why" : line;
        return said.length() <= LONGEST_LINE ? said : said.substring(0, LONGEST_LINE - 1) + "…";
    }

    /** Whether an operator ended the run at a step. */
    public static boolean isAbort(Throwable failure) {
        return causes(failure)
                .anyMatch(it ->
                        it instanceof ApplicationFailure said && said.getType().equals(FailureType.ABORTED.name()));
    }

    /** Whether another run has taken this one's place: then nobody can mend it, and nobody has to. */
    public static boolean isSuperseded(Throwable failure) {
        return causes(failure)
                .anyMatch(it ->
                        it instanceof ApplicationFailure said && said.getType().equals(FailureType.SUPERSEDED.name()));
    }

    /** Whether the run, or what it waits for, was cancelled. */
    public static boolean isCancel(TemporalFailure failure) {
        return failure instanceof CanceledFailure
                || failure.getCause() instanceof CanceledFailure
                || CancellationScope.current().isCancelRequested();
    }

    /** Whether only the worker was lost, by a crash or by stopping in good order. */
    public static boolean isLost(TemporalFailure failure) {
        return causes(failure)
                .anyMatch(it -> timedOut(it, TimeoutType.TIMEOUT_TYPE_HEARTBEAT) || saysWorkerStopped(it));
    }

    /** Whether no worker took the work in the time it had for that. */
    public static boolean nobodyTookIt(TemporalFailure failure) {
        return causes(failure).anyMatch(it -> timedOut(it, TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START));
    }

    static boolean onlyAPersonCanMend(TemporalFailure failure) {
        return typed(failure).filter(ApplicationFailure::isNonRetryable).isPresent();
    }

    private static boolean timedOut(Throwable cause, TimeoutType type) {
        return cause instanceof TimeoutFailure timeout && timeout.getTimeoutType() == type;
    }

    private static boolean saysWorkerStopped(Throwable cause) {
        return cause instanceof ApplicationFailure said
                && (said.getType().equals(WORKER_STOPPED)
                        || said.getType().equals("io.temporal.client.ActivityWorkerShutdownException"));
    }

    /** The failure that was written for people, if there is one. */
    private static Optional<ApplicationFailure> typed(Throwable failure) {
        return causes(failure)
                .filter(ApplicationFailure.class::isInstance)
                .map(ApplicationFailure.class::cast)
                .filter(it -> FOR_GOOD.contains(it.getType()))
                .findFirst();
    }

    private static String rootCause(Throwable failure) {
        return causes(failure)
                .map(Trouble::say)
                .filter(Predicate.not(String::isBlank))
                .reduce("", (outer, inner) -> inner);
    }

    private static String say(Throwable cause) {
        return switch (cause) {
            case ApplicationFailure said -> withHint(said);
            case TimeoutFailure timeout -> sayTimeout(timeout.getTimeoutType());
            case CanceledFailure cancelled -> "cancelled";
            case TerminatedFailure terminated -> "it was terminated in Temporal";
            // What remains only wraps: the step's own words are further down.
            case TemporalFailure wrapper -> "";
            default -> Objects.requireNonNullElse(cause.getMessage(), "");
        };
    }

    private static String sayTimeout(TimeoutType type) {
        return switch (type) {
            case TIMEOUT_TYPE_HEARTBEAT -> "the worker that did it was lost";
            case TIMEOUT_TYPE_SCHEDULE_TO_START -> "no worker took it in time";
            default -> "it took longer than it may";
        };
    }

    private static String withHint(ApplicationFailure said) {
        @Nullable String message = said.getOriginalMessage();
        return Stream.of(message == null ? "" : message.replaceAll("[.\\s]+$", ""), hint(said))
                .filter(Predicate.not(String::isBlank))
                .reduce((problem, hint) -> problem + "; " + hint)
                .orElse("");
    }

    private static String hint(ApplicationFailure said) {
        try {
            boolean empty = said.getDetails() == null || said.getDetails().getSize() == 0;
            // A detail of another kind must not turn a failure into a bug of ours.
            return !empty && said.getDetails().get(0, Object.class) instanceof String hint ? hint : "";
        } catch (DataConverterException notWords) {
            return "";
        }
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
