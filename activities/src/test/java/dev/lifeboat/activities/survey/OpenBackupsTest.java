package dev.lifeboat.activities.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.activity.VerificationActivities.Waited;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionCompletedEventAttributes;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What no real server does on demand: its list says for hours that a run is open which has ended. */
@Timeout(60)
class OpenBackupsTest {

    private final AtomicInteger lists = new AtomicInteger();

    @Test
    void a_run_that_has_ended_is_not_waited_for_although_the_list_has_not_heard_of_it() throws Exception {
        Server server =
                NettyServerBuilder.forPort(0).addService(new LateList()).build().start();
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + server.getPort())
                .build());
        try {
            Instant until = Instant.now().plus(Duration.ofSeconds(20));

            Waited waited = new OpenBackups(WorkflowClient.newInstance(stubs), "orders").awaitEnd(until, () -> {});

            assertThat(waited).isEqualTo(Waited.FOR_NOBODY);
            assertThat(lists).hasValue(1);
        } finally {
            stubs.shutdownNow();
            server.shutdownNow();
        }
    }

    /** Answers as Temporal does while its visibility lags behind. */
    private final class LateList extends WorkflowServiceGrpc.WorkflowServiceImplBase {

        private final WorkflowExecution run = WorkflowExecution.newBuilder()
                .setWorkflowId("on-schedule/backup/orders/daily-2026-11-21T02:00:00Z")
                .setRunId("00000000-0000-0000-0000-000000000001")
                .build();

        @Override
        public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
            say(answer, GetSystemInfoResponse.getDefaultInstance());
        }

        @Override
        public void listWorkflowExecutions(
                ListWorkflowExecutionsRequest request, StreamObserver<ListWorkflowExecutionsResponse> answer) {
            if (lists.incrementAndGet() > 50) {
                answer.onError(Status.RESOURCE_EXHAUSTED
                        .withDescription("asked again and again")
                        .asRuntimeException());
                return;
            }
            say(
                    answer,
                    ListWorkflowExecutionsResponse.newBuilder()
                            .addExecutions(info(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING))
                            .build());
        }

        @Override
        public void describeWorkflowExecution(
                DescribeWorkflowExecutionRequest request, StreamObserver<DescribeWorkflowExecutionResponse> answer) {
            if (!request.getExecution().getWorkflowId().equals(run.getWorkflowId())) {
                answer.onError(Status.NOT_FOUND.asRuntimeException());
                return;
            }
            say(
                    answer,
                    DescribeWorkflowExecutionResponse.newBuilder()
                            .setWorkflowExecutionInfo(info(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED))
                            .build());
        }

        @Override
        public void getWorkflowExecutionHistory(
                GetWorkflowExecutionHistoryRequest request,
                StreamObserver<GetWorkflowExecutionHistoryResponse> answer) {
            HistoryEvent completed = HistoryEvent.newBuilder()
                    .setEventId(9)
                    .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED)
                    .setWorkflowExecutionCompletedEventAttributes(
                            WorkflowExecutionCompletedEventAttributes.getDefaultInstance())
                    .build();
            say(
                    answer,
                    GetWorkflowExecutionHistoryResponse.newBuilder()
                            .setHistory(History.newBuilder().addEvents(completed))
                            .build());
        }

        private WorkflowExecutionInfo info(WorkflowExecutionStatus status) {
            return WorkflowExecutionInfo.newBuilder()
                    .setExecution(run)
                    .setStatus(status)
                    .build();
        }

        private static <T> void say(StreamObserver<T> answer, T what) {
            answer.onNext(what);
            answer.onCompleted();
        }
    }
}
