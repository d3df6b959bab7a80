package dev.lifeboat.starter.run;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.workflows.Runbooks;
import dev.lifeboat.workflows.model.RunName;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The runs that Temporal remembers, found by what a person types. Uses no search attribute. */
public final class Runs {

    // All that names a run is in its first event.
    private static final int HEAD = 1;
    private static final String OURS = Runbooks.ALL.stream()
            .map(it -> "'" + it.name() + "'")
            .collect(Collectors.joining(", ", "WorkflowType IN (", ")"));

    private final WorkflowServiceBlockingStub stub;
    private final String namespace;

    public Runs(WorkflowClient client) {
        this.stub = client.getWorkflowServiceStubs().blockingStub();
        this.namespace = client.getOptions().getNamespace();
    }

    /**
     * The run that {@code text} names: a run name, or a right, which means its newest run.
     *
     * @throws CommandException if it is neither, or there is no such run
     */
    public RunAddress find(String text) {
        Optional<RunAddress> found;
        if (RunName.looksLike(text)) {
            found = byName(new RunName(text));
        } else if (RunNames.isRight(text)) {
            found = newest(text);
        } else {
            throw CommandException.usage(
                    "'%s' is not the name of a run".formatted(Terminal.clean(text)),
                    "Names look like backup-orders-20261121T031500Z-k3x9; backup/orders means the newest backup of orders;"
                            + " 'lifeboat runs' lists them.");
        }
        return found.orElseThrow(() -> CommandException.usage(
                "Temporal knows no run '%s' in namespace '%s'".formatted(text, namespace),
                "'lifeboat runs' lists those it knows; it forgets runs after the namespace's retention."));
    }

    /** The newest run under a right, open or closed. */
    public Optional<RunAddress> newest(String right) {
        try {
            return Optional.of(address(describe(new RunAddress(right, "")).getWorkflowExecutionInfo()));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The run that has a right now, if one has. */
    public Optional<RunAddress> open(String right) {
        return newest(right)
                .filter(it -> describe(it).getWorkflowExecutionInfo().getStatus()
                        == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    }

    /** The newest {@code limit} runs of our runbooks, newest first. */
    public List<RunView> list(int limit) {
        return select(OURS, limit).stream().map(Runs::listed).toList();
    }

    /** What is known of a run from its first event: its name, its runbook, who asked. */
    public RunView head(RunAddress address) {
        return headOf(address).view();
    }

    /** What the whole history amounts to. */
    public RunView read(RunAddress address) {
        RunHistory history = new RunHistory(address);
        ByteString page = ByteString.EMPTY;
        do {
            GetWorkflowExecutionHistoryResponse response = stub.getWorkflowExecutionHistory(
                    request(address).setNextPageToken(page).build());
            response.getHistory().getEventsList().forEach(history::add);
            page = response.getNextPageToken();
        } while (!page.isEmpty());
        return history.view();
    }

    DescribeWorkflowExecutionResponse describe(RunAddress address) {
        return stub.describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(namespace)
                .setExecution(execution(address))
                .build());
    }

    /** Whether a worker has asked for work of this kind in the last minutes. */
    public boolean hasWorker(String queue, TaskQueueType kind) {
        return stub.describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                                .setNamespace(namespace)
                                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                                .setTaskQueueType(kind)
                                .build())
                        .getPollersCount()
                > 0;
    }

    GetWorkflowExecutionHistoryRequest.Builder request(RunAddress address) {
        return GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace(namespace)
                .setExecution(execution(address));
    }

    WorkflowServiceBlockingStub stub() {
        return stub;
    }

    /** The newest run of {@code address}'s right if it is the same run after a reset. */
    Optional<RunAddress> afterReset(RunAddress address, String firstRunId) {
        return newest(address.right())
                .filter(newest -> !newest.runId().equals(address.runId()))
                .filter(newest -> headOf(newest).firstRunId().equals(firstRunId));
    }

    private Optional<RunAddress> byName(RunName name) {
        Optional<String> beginning = RunNames.beginning(name);
        if (beginning.isPresent()) {
            return select("WorkflowId STARTS_WITH '" + beginning.get() + "'", 1000).stream()
                    .filter(it -> listed(it).name().filter(name::equals).isPresent())
                    .map(Runs::address)
                    .findFirst();
        }
        Optional<RunAddress> newest = newest(name.right());
        if (newest.isPresent() && isNamed(newest.get(), name)) {
            return newest;
        }
        // The list is a little late at times; the newest run was asked for directly.
        return select("WorkflowId = '" + name.right() + "'", 1000).stream()
                .map(Runs::address)
                .filter(address -> isNamed(address, name))
                .findFirst();
    }

    private boolean isNamed(RunAddress address, RunName name) {
        return headOf(address).view().name().filter(name::equals).isPresent();
    }

    private RunHistory headOf(RunAddress address) {
        RunHistory history = new RunHistory(address);
        List<HistoryEvent> events = stub.getWorkflowExecutionHistory(
                        request(address).setMaximumPageSize(HEAD).build())
                .getHistory()
                .getEventsList();
        events.forEach(history::add);
        return history;
    }

    private static RunView listed(WorkflowExecutionInfo info) {
        RunAddress address = address(info);
        Instant started = instant(info.getStartTime());
        String firstRunId = info.getFirstRunId().isEmpty() ? address.runId() : info.getFirstRunId();
        Map<String, Payload> attributes = info.getSearchAttributes().getIndexedFieldsMap();
        // After a reset the start that is listed is that of the reset: the attribute knows better where there is one.
        Optional<RunName> name = RunHistory.text(attributes, "LifeboatRun")
                .filter(RunName::looksLike)
                .map(RunName::new)
                .or(() -> RunNames.of(address.right(), started, firstRunId));
        return new RunView(
                address,
                name,
                info.getType().getName(),
                "",
                started,
                info.hasCloseTime() ? Optional.of(instant(info.getCloseTime())) : Optional.empty(),
                state(info),
                info.hasCloseTime() ? "" : RunHistory.waiting(attributes).orElse(""),
                "",
                "",
                "",
                List.of(),
                Payloads.getDefaultInstance(),
                Optional.empty());
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    private static RunView.State state(WorkflowExecutionInfo info) {
        return switch (info.getStatus()) {
            case WORKFLOW_EXECUTION_STATUS_COMPLETED -> RunView.State.COMPLETED;
            case WORKFLOW_EXECUTION_STATUS_FAILED -> RunView.State.FAILED;
            case WORKFLOW_EXECUTION_STATUS_CANCELED -> RunView.State.CANCELLED;
            case WORKFLOW_EXECUTION_STATUS_TERMINATED -> RunView.State.TERMINATED;
            case WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> RunView.State.TIMED_OUT;
            default -> RunView.State.RUNNING;
        };
    }

    private List<WorkflowExecutionInfo> select(String query, int limit) {
        List<WorkflowExecutionInfo> found = new ArrayList<>();
        ByteString page = ByteString.EMPTY;
        do {
            var response = stub.listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                    .setNamespace(namespace)
                    .setQuery(query)
                    .setPageSize(Math.min(limit, 100))
                    .setNextPageToken(page)
                    .build());
            found.addAll(response.getExecutionsList());
            page = response.getNextPageToken();
        } while (!page.isEmpty() && found.size() < limit);
        return found.size() > limit ? found.subList(0, limit) : found;
    }

    private static RunAddress address(WorkflowExecutionInfo info) {
        return new RunAddress(
                info.getExecution().getWorkflowId(), info.getExecution().getRunId());
    }

    private static WorkflowExecution execution(RunAddress address) {
        return WorkflowExecution.newBuilder()
                .setWorkflowId(address.right())
                .setRunId(address.runId())
                .build();
    }
}
