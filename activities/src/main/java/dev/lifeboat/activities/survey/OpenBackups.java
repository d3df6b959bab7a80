package dev.lifeboat.activities.survey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.workflows.activity.VerificationActivities.Waited;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs in Temporal that make a backup of one database right now, or were asked to by its schedule. */
final class OpenBackups {

    private static final Logger log = LoggerFactory.getLogger(OpenBackups.class);
    /** One long poll; between two of them a cancelled run is heard. */
    private static final Duration POLL = Duration.ofSeconds(5);

    private static final Set<WorkflowExecutionStatus> OPEN = EnumSet.of(
            WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
            WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_PAUSED);

    private final WorkflowClient client;
    private final String right;
    private final Pattern onSchedule;

    OpenBackups(WorkflowClient client, String database) {
        this.client = client;
        this.right = "backup/" + database;
        // Temporal puts the time behind the id of a schedule's run.
        this.onSchedule = Pattern.compile("on-schedule/" + Pattern.quote(right) + "(/[a-z]+)?-\\d{4}-\\d{2}-\\d{2}T.*");
    }

    /** Returns when none is open any more, or at {@code until}. {@code stopIfTold} may throw between two polls. */
    Waited awaitEnd(Instant until, Runnable stopIfTold) {
        Waited waited = Waited.FOR_NOBODY;
        for (Optional<Open> open = open(); open.isPresent(); open = open()) {
            Open run = open.get();
            log.info("waiting for the end of {}", run.execution().getWorkflowId());
            Optional<Waited> ended = awaitEnd(run, until, stopIfTold);
            if (ended.isEmpty()) {
                return new Waited(
                        Optional.of(run.execution().getWorkflowId()),
                        Optional.empty(),
                        Optional.of("it has not ended by " + until),
                        run.scheduled());
            }
            // The run of the schedule ends after its backup and knows less of it.
            waited = waited.backup().isPresent() && ended.get().backup().isEmpty() ? waited : ended.get();
        }
        return waited;
    }

    private Optional<Waited> awaitEnd(Open run, Instant until, Runnable stopIfTold) {
        String id = run.execution().getWorkflowId();
        while (Instant.now().isBefore(until)) {
            stopIfTold.run();
            try {
                JsonNode result = stub(run.execution()).getResult(POLL.toSeconds(), TimeUnit.SECONDS, JsonNode.class);
                return Optional.of(ended(id, result, run.scheduled()));
            } catch (TimeoutException stillOpen) {
                log.debug("{} still runs", id);
            } catch (WorkflowFailedException e) {
                return Optional.of(
                        new Waited(Optional.of(id), Optional.empty(), Optional.of(problem(e)), run.scheduled()));
            }
        }
        return Optional.empty();
    }

    private static String problem(WorkflowFailedException failed) {
        return failed.getCause() instanceof ApplicationFailure said
                ? said.getOriginalMessage()
                : "it ended without a backup (%s)".formatted(failed.getCause());
    }

    private WorkflowStub stub(WorkflowExecution execution) {
        return client.newUntypedWorkflowStub(
                WorkflowTargetOptions.newBuilder()
                        .setWorkflowId(execution.getWorkflowId())
                        .setRunId(execution.getRunId())
                        .build(),
                Optional.empty());
    }

    /** A backup names itself; a run of the schedule says what came of it, and ends well also if nothing did. */
    private static Waited ended(String id, @Nullable JsonNode result, boolean scheduled) {
        Optional<JsonNode> outcome = Optional.ofNullable(result).map(it -> it.path("outcome"));
        return new Waited(
                Optional.of(id),
                text(result, "backup").or(() -> outcome.flatMap(it -> text(it, "what"))),
                outcome.flatMap(it -> text(it, "why")),
                scheduled);
    }

    private static Optional<String> text(@Nullable JsonNode result, String field) {
        return Optional.ofNullable(result)
                .map(it -> it.path(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    private Optional<Open> open() {
        return making().or(this::askedFor);
    }

    private Optional<Open> making() {
        return described(WorkflowExecution.newBuilder().setWorkflowId(right).build())
                .map(info -> new Open(info.getExecution(), info.hasParentExecution()));
    }

    /** The run, if it is open at this moment; this is never late. */
    private Optional<WorkflowExecutionInfo> described(WorkflowExecution execution) {
        try {
            WorkflowExecutionInfo info = client.getWorkflowServiceStubs()
                    .blockingStub()
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setExecution(execution)
                            .build())
                    .getWorkflowExecutionInfo();
            return Optional.of(info).filter(it -> OPEN.contains(it.getStatus()));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == io.grpc.Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    // The list may be late for longer than a run takes: one that has ended must not be waited for again and again.
    private Optional<Open> askedFor() {
        try {
            return client
                    .getWorkflowServiceStubs()
                    .blockingStub()
                    .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setQuery("WorkflowType = 'RunOnSchedule' AND ExecutionStatus = 'Running'")
                            .setPageSize(1_000)
                            .build())
                    .getExecutionsList()
                    .stream()
                    .map(WorkflowExecutionInfo::getExecution)
                    .filter(it -> onSchedule.matcher(it.getWorkflowId()).matches())
                    .filter(it -> described(it).isPresent())
                    .findFirst()
                    .map(it -> new Open(it, true));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == io.grpc.Status.Code.UNIMPLEMENTED) {
                return Optional.empty(); // the in-JVM server, which has no schedules
            }
            throw e;
        }
    }

    private record Open(WorkflowExecution execution, boolean scheduled) {}
}
