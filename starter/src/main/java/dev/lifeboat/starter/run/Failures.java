package dev.lifeboat.starter.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.WorkflowTaskFailedEventAttributes;
import java.util.Optional;

/** What Temporal calls a failure, in words. */
final class Failures {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Failures() {}

    /** The innermost cause that says anything: what is around it only says where it happened. */
    static String problem(Failure failure) {
        Failure innermost = innermost(failure);
        if (innermost.hasTimeoutFailureInfo()) {
            return switch (innermost.getTimeoutFailureInfo().getTimeoutType()) {
                case TIMEOUT_TYPE_HEARTBEAT -> "the worker stopped reporting: it died, hangs, or lost its network";
                case TIMEOUT_TYPE_SCHEDULE_TO_START -> "no worker took it in time";
                case TIMEOUT_TYPE_START_TO_CLOSE, TIMEOUT_TYPE_SCHEDULE_TO_CLOSE -> "it took too long";
                default -> "it ran out of time";
            };
        }
        if (innermost.hasCanceledFailureInfo()) {
            return "cancelled";
        }
        return innermost.getMessage().isEmpty() ? "no reason was given" : innermost.getMessage();
    }

    /** Why a worker could not decide what comes next; empty if that is in order, as after a reset. */
    static Optional<String> block(WorkflowTaskFailedEventAttributes event) {
        return switch (event.getCause()) {
            case WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
                    WORKFLOW_TASK_FAILED_CAUSE_RESET_STICKY_TASK_QUEUE,
                    WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
                    WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
                    WORKFLOW_TASK_FAILED_CAUSE_FAILOVER_CLOSE_COMMAND -> Optional.empty();
            default -> Optional.of(problem(event.getFailure()));
        };
    }

    /** The next move that came with the cause; empty if none did. */
    static String hint(Failure failure) {
        Failure innermost = innermost(failure);
        if (!innermost.hasApplicationFailureInfo()
                || innermost.getApplicationFailureInfo().getDetails().getPayloadsCount() == 0) {
            return "";
        }
        JsonNode details =
                json(innermost.getApplicationFailureInfo().getDetails().getPayloads(0));
        return details.isTextual() ? details.asText() : "";
    }

    /** The payload as JSON; missing if it is none. */
    static JsonNode json(Payload payload) {
        try {
            JsonNode node = MAPPER.readTree(payload.getData().toByteArray());
            return node == null ? MAPPER.missingNode() : node;
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Failure innermost(Failure failure) {
        Failure current = failure;
        while (current.hasCause()) {
            current = current.getCause();
        }
        return current;
    }
}
