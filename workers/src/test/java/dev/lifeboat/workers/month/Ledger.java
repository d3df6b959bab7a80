package dev.lifeboat.workers.month;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.Runbooks;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All that is there when a month is over: every run with its history, and every backup. */
record Ledger(List<Run> runs, List<Manifest> backups) {

    /**
     * One run.
     *
     * @param ended empty if it is still open
     */
    record Run(String id, Instant began, Optional<Instant> ended, WorkflowExecutionHistory history) {

        static Run of(WorkflowClient client, WorkflowExecution run) {
            WorkflowExecutionHistory history = client.fetchHistory(run.getWorkflowId(), run.getRunId());
            HistoryEvent last = history.getLastEvent();
            return new Run(
                    run.getWorkflowId(),
                    at(history.getEvents().getFirst()),
                    last.getEventType().name().startsWith("EVENT_TYPE_WORKFLOW_EXECUTION_")
                            ? Optional.of(at(last))
                            : Optional.empty(),
                    history);
        }

        boolean isBeside(Run other) {
            return began.isBefore(other.ended.orElse(Instant.MAX)) && other.began.isBefore(ended.orElse(Instant.MAX));
        }

        /** Its result; empty if it did not end well. */
        <T> Optional<T> result(Class<T> type) {
            HistoryEvent last = history.getLastEvent();
            return last.hasWorkflowExecutionCompletedEventAttributes()
                    ? Optional.ofNullable(Payloads.converter()
                            .fromPayloads(
                                    0,
                                    Optional.of(last.getWorkflowExecutionCompletedEventAttributes()
                                            .getResult()),
                                    type,
                                    type))
                    : Optional.empty();
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

    static Ledger of(Month month) {
        Repository repository = month.repository();
        return new Ledger(
                month.runs().all().stream()
                        .map(it -> Run.of(month.client(), it))
                        .sorted(Comparator.comparing(Run::began))
                        .toList(),
                repository.store().folders(Layout.backups("orders")).stream()
                        .flatMap(it -> repository.manifest(new BackupId(it)).stream())
                        .toList());
    }

    List<Run> runs(String beginning) {
        return runs.stream().filter(it -> it.id().startsWith(beginning)).toList();
    }

    /** What came of the points of a schedule, as its runs reported. */
    List<ScheduleReport> reports(Plan plan) {
        return runs(plan.request().workflowId()).stream()
                .flatMap(it -> it.result(ScheduleReport.class).stream())
                .toList();
    }

    /** Runs that were open at the same time, of those that must not be. */
    void noneIsBesideAnother(String right) {
        List<Run> same = runs.stream().filter(it -> it.id().equals(right)).toList();
        for (int i = 1; i < same.size(); i++) {
            assertThat(same.get(i).isBeside(same.get(i - 1)))
                    .as("%s beside %s", same.get(i), same.get(i - 1))
                    .isFalse();
        }
    }

    /** Each history leads today's code to the same decisions. */
    void replays() throws Exception {
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .build())) {
            Worker worker = temporal.newWorker("replay");
            worker.registerWorkflowImplementationTypes(Runbooks.options(), Runbooks.implementations());
            for (Run run : runs) {
                WorkflowReplayer.replayWorkflowExecution(run.history(), worker);
            }
        }
    }
}
