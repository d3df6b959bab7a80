package dev.lifeboat.starter.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Timestamp;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a run's history event by event and says what it amounts to. Needs no worker and no query. */
public final class RunHistory {

    private static final String WAITING = "LifeboatWaiting";

    private final RunAddress address;
    private final Map<Long, RunStep> steps = new LinkedHashMap<>();
    private Instant started = Instant.EPOCH;
    private Optional<Instant> ended = Optional.empty();
    private boolean taken;
    private Optional<RunName> name = Optional.empty();
    private RunView.State state = RunView.State.RUNNING;
    private String runbook = "";
    private String firstRunId = "";
    private String operator = "";
    private String waiting = "";
    private String blocked = "";
    private String problem = "";
    private String hint = "";
    private Payloads input = Payloads.getDefaultInstance();
    private Optional<Payloads> result = Optional.empty();
    private long lastEvent;

    public RunHistory(RunAddress address) {
        this.address = address;
    }

    public RunView view() {
        List<RunStep> inOrder = new ArrayList<>(steps.values());
        return new RunView(
                address, name, runbook, operator, started, ended, state, waiting, blocked, problem, hint, inOrder,
                input, result);
    }

    /** The run id that stays when a run is reset. */
    public String firstRunId() {
        return firstRunId;
    }

    /** Whether a worker has begun with it. */
    boolean isTaken() {
        return taken;
    }

    /** Takes in one event; one that was taken in before changes nothing. */
    public void add(HistoryEvent event) {
        if (event.getEventId() <= lastEvent) {
            return;
        }
        lastEvent = event.getEventId();
        Instant time = instant(event.getEventTime());
        switch (event.getEventType()) {
            case EVENT_TYPE_WORKFLOW_EXECUTION_STARTED ->
                begin(event.getWorkflowExecutionStartedEventAttributes(), time);
            case EVENT_TYPE_WORKFLOW_TASK_COMPLETED -> {
                taken = true;
                blocked = "";
            }
            case EVENT_TYPE_WORKFLOW_TASK_FAILED ->
                Failures.block(event.getWorkflowTaskFailedEventAttributes()).ifPresent(why -> blocked = why);
            case EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES -> noteWaiting(event);
            default -> {
                addToSteps(event, time);
                addToEnd(event, time);
            }
        }
    }

    private void begin(WorkflowExecutionStartedEventAttributes attributes, Instant time) {
        started = time;
        runbook = attributes.getWorkflowType().getName();
        firstRunId = attributes.getFirstExecutionRunId().isEmpty()
                ? attributes.getOriginalExecutionRunId()
                : attributes.getFirstExecutionRunId();
        name = RunNames.of(address.right(), started, firstRunId);
        input = attributes.getInput();
        if (input.getPayloadsCount() > 0) {
            JsonNode asked = Failures.json(input.getPayloads(0)).path("operator");
            operator = asked.isTextual() ? asked.asText() : "";
        }
    }

    private void noteWaiting(HistoryEvent event) {
        waiting(event.getUpsertWorkflowSearchAttributesEventAttributes()
                        .getSearchAttributes()
                        .getIndexedFieldsMap())
                .ifPresent(now -> waiting = now);
    }

    /** What a run waits for, as the search attributes say; empty if they do not say. */
    static Optional<String> waiting(Map<String, Payload> attributes) {
        return text(attributes, WAITING);
    }

    static Optional<String> text(Map<String, Payload> attributes, String name) {
        return Optional.ofNullable(attributes.get(name)).map(Failures::json).map(json -> {
            JsonNode one = json.isArray() && !json.isEmpty() ? json.get(0) : json;
            return one.isTextual() ? one.asText() : "";
        });
    }

    private void addToSteps(HistoryEvent event, Instant time) {
        switch (event.getEventType()) {
            case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> steps.put(event.getEventId(), step(event, time));
            case EVENT_TYPE_ACTIVITY_TASK_STARTED -> {
                var attributes = event.getActivityTaskStartedEventAttributes();
                steps.computeIfPresent(
                        attributes.getScheduledEventId(), (id, step) -> step.begunAs(attributes.getAttempt()));
            }
            case EVENT_TYPE_ACTIVITY_TASK_COMPLETED ->
                end(
                        event.getActivityTaskCompletedEventAttributes().getScheduledEventId(),
                        RunStep.Status.DONE,
                        time,
                        "");
            case EVENT_TYPE_ACTIVITY_TASK_FAILED -> {
                var attributes = event.getActivityTaskFailedEventAttributes();
                String why = Failures.problem(attributes.getFailure());
                end(attributes.getScheduledEventId(), RunStep.Status.FAILED, time, why);
            }
            case EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT -> {
                var attributes = event.getActivityTaskTimedOutEventAttributes();
                String why = Failures.problem(attributes.getFailure());
                end(attributes.getScheduledEventId(), RunStep.Status.FAILED, time, why);
            }
            case EVENT_TYPE_ACTIVITY_TASK_CANCELED ->
                end(
                        event.getActivityTaskCanceledEventAttributes().getScheduledEventId(),
                        RunStep.Status.CANCELLED,
                        time,
                        "");
            default -> {}
        }
    }

    private static RunStep step(HistoryEvent event, Instant time) {
        ActivityTaskScheduledEventAttributes attributes = event.getActivityTaskScheduledEventAttributes();
        JsonNode summary = Failures.json(event.getUserMetadata().getSummary());
        String title = summary.isTextual() && !summary.asText().isBlank()
                ? summary.asText()
                : attributes.getActivityType().getName();
        return new RunStep(
                attributes.getActivityId(),
                title,
                attributes.getTaskQueue().getName(),
                RunStep.Status.RUNNING,
                time,
                Optional.empty(),
                1,
                "");
    }

    private void end(long scheduled, RunStep.Status how, Instant time, String why) {
        steps.computeIfPresent(scheduled, (id, step) -> step.end(how, time, why));
    }

    private void addToEnd(HistoryEvent event, Instant time) {
        switch (event.getEventType()) {
            case EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED -> {
                result = Optional.of(
                        event.getWorkflowExecutionCompletedEventAttributes().getResult());
                end(RunView.State.COMPLETED, time, "");
            }
            case EVENT_TYPE_WORKFLOW_EXECUTION_FAILED -> {
                Failure failure =
                        event.getWorkflowExecutionFailedEventAttributes().getFailure();
                hint = Failures.hint(failure);
                end(RunView.State.FAILED, time, Failures.problem(failure));
            }
            case EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED -> end(RunView.State.CANCELLED, time, "cancelled");
            case EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED -> {
                String reason =
                        event.getWorkflowExecutionTerminatedEventAttributes().getReason();
                end(RunView.State.TERMINATED, time, reason.isEmpty() ? "terminated" : "terminated: " + reason);
            }
            case EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT ->
                end(RunView.State.TIMED_OUT, time, "it took longer than a run may");
            default -> {}
        }
    }

    private void end(RunView.State how, Instant time, String why) {
        state = how;
        ended = Optional.of(time);
        problem = why;
        waiting = "";
        blocked = "";
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
