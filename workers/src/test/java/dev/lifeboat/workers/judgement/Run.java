package dev.lifeboat.workers.judgement;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.util.Timestamps;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One run, as its history tells it.
 *
 * @param ended empty if it is still open
 */
public record Run(String id, Instant began, Optional<Instant> ended, WorkflowExecutionHistory history) {

    private static final Pattern POINT = Pattern.compile("-\\d{4}-\\d\\d-\\d\\dT.*");

    /** What an incident was told by a run, and when. */
    public record Heard(Instant at, Notice notice) {}

    /** What an incident told people, and when it began to. */
    record Told(Instant at, Telling telling) {}

    public static Run of(WorkflowClient client, WorkflowExecution run) {
        WorkflowExecutionHistory history = client.fetchHistory(run.getWorkflowId(), run.getRunId());
        HistoryEvent last = history.getLastEvent();
        return new Run(
                run.getWorkflowId(),
                at(history.getEvents().getFirst()),
                isEnd(last) ? Optional.of(at(last)) : Optional.empty(),
                history);
    }

    // A signal is an event of the whole run, too, and ends nothing.
    private static boolean isEnd(HistoryEvent event) {
        return switch (event.getEventType()) {
            case EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
                    EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
                    EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
                    EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
                    EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
                    EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW -> true;
            default -> false;
        };
    }

    /** Its workflow id without a point in time: such as {@code backup/orders}, whatever else somebody put behind it. */
    String right() {
        return POINT.matcher(id).replaceFirst("");
    }

    boolean isBeside(Run other) {
        return began.isBefore(other.end()) && other.began.isBefore(end());
    }

    Instant end() {
        return ended.orElse(Instant.MAX);
    }

    /** Its result; empty if it did not end well. */
    public <T> Optional<T> result(Class<T> type) {
        HistoryEvent last = history.getLastEvent();
        return last.hasWorkflowExecutionCompletedEventAttributes()
                ? Optional.of(
                        read(last.getWorkflowExecutionCompletedEventAttributes().getResult(), type))
                : Optional.empty();
    }

    /** Its last event, in words for people. */
    String ending() {
        HistoryEvent last = history.getLastEvent();
        return last.getEventType().name().replace("EVENT_TYPE_WORKFLOW_EXECUTION_", "")
                + " "
                + result(JsonNode.class).map(JsonNode::toString).orElse("");
    }

    List<Heard> heard() {
        return history.getEvents().stream()
                .filter(it -> it.getWorkflowExecutionSignaledEventAttributes()
                        .getSignalName()
                        .equals(NotificationActivities.HEAR))
                .map(it -> new Heard(
                        at(it),
                        read(it.getWorkflowExecutionSignaledEventAttributes().getInput(), Notice.class)))
                .toList();
    }

    /** Each message once, however often it was tried. */
    List<Told> told() {
        return history.getEvents().stream()
                .filter(it -> it.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName()
                        .equals("Delivery.Deliver"))
                .map(it -> new Told(
                        at(it),
                        read(it.getActivityTaskScheduledEventAttributes().getInput(), Telling.class)))
                .filter(it -> !it.telling().again())
                .toList();
    }

    private static <T> T read(io.temporal.api.common.v1.Payloads payloads, Class<T> type) {
        return Optional.ofNullable(Payloads.converter().fromPayloads(0, Optional.of(payloads), type, type))
                .orElseThrow();
    }

    private static Instant at(HistoryEvent event) {
        return Instant.ofEpochMilli(Timestamps.toMillis(event.getEventTime()));
    }

    @Override
    public String toString() {
        return "%s from %s until %s"
                .formatted(id, began, ended.map(Instant::toString).orElse("now"));
    }
}
