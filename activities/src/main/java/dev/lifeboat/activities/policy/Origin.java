package dev.lifeboat.activities.policy;

import dev.lifeboat.repository.Claim;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.Activity;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.GetClusterInfoRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.util.function.Supplier;

/**
 * Which Temporal keeps the run that this thread works for: its cluster's id and the namespace. Where asking for the cluster
 * is not allowed, the namespace's own id has to do; a server that knows neither is unknown.
 */
public final class Origin implements Supplier<String> {

    @Override
    public String get() {
        WorkflowClient client = Activity.getExecutionContext().getWorkflowClient();
        WorkflowServiceBlockingStub stub = client.getWorkflowServiceStubs().blockingStub();
        String namespace = client.getOptions().getNamespace();
        try {
            String cluster = stub.getClusterInfo(GetClusterInfoRequest.getDefaultInstance())
                    .getClusterId();
            return of(cluster, namespace);
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() == Status.Code.PERMISSION_DENIED
                    ? of(namespaceId(stub, namespace), namespace)
                    : notKnown(e);
        }
    }

    private static String namespaceId(WorkflowServiceBlockingStub stub, String namespace) {
        return stub.describeNamespace(DescribeNamespaceRequest.newBuilder()
                        .setNamespace(namespace)
                        .build())
                .getNamespaceInfo()
                .getId();
    }

    private static String of(String id, String namespace) {
        return id.isBlank() ? Claim.UNKNOWN : id + "/" + namespace;
    }

    // What passes is tried again: an origin that is unknown for a moment would hold other runs up for hours.
    private static String notKnown(StatusRuntimeException e) {
        if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
            return Claim.UNKNOWN;
        }
        throw e;
    }
}
