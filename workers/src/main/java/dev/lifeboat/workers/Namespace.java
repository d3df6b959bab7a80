package dev.lifeboat.workers;

import com.google.protobuf.util.Durations;
import dev.lifeboat.workflows.RunAttributes;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The namespace in Temporal, made fit before a worker polls: it exists, keeps closed runs 90 days, and knows our search
 * attributes. An attribute that is not registered would not fail a run, it would block it for ever.
 */
final class Namespace {

    private static final Logger log = LoggerFactory.getLogger(Namespace.class);
    private static final int RETENTION_DAYS = 90;

    private final WorkflowServiceStubs service;
    private final String name;

    Namespace(WorkflowServiceStubs service, String name) {
        this.service = service;
        this.name = name;
    }

    /**
     * Makes sure of all that a worker needs.
     *
     * @throws NotReady with the line to type, if something is missing and may not be made by us
     */
    void makeReady(boolean searchAttributes) {
        makeSureItExists();
        keepLonger();
        if (searchAttributes) {
            registerAttributes();
        }
    }

    private void makeSureItExists() {
        try {
            describe();
        } catch (StatusRuntimeException missing) {
            if (missing.getStatus().getCode() != Status.Code.NOT_FOUND) {
                throw notReady("namespace '%s' cannot be looked at".formatted(name), "see its rights", missing);
            }
            try {
                service.blockingStub()
                        .registerNamespace(RegisterNamespaceRequest.newBuilder()
                                .setNamespace(name)
                                .setWorkflowExecutionRetentionPeriod(Durations.fromDays(RETENTION_DAYS))
                                .build());
                log.info("made the namespace '{}'; it keeps closed runs {} days", name, RETENTION_DAYS);
            } catch (StatusRuntimeException refused) {
                throw notReady(
                        "there is no namespace '%s', and it could not be made".formatted(name),
                        "temporal operator namespace create -n %s --retention 90d".formatted(name),
                        refused);
            }
        }
    }

    // A shorter retention loses no run and no report: worth a line, not worth refusing to work.
    private void keepLonger() {
        try {
            long days = Durations.toDays(describe().getConfig().getWorkflowExecutionRetentionTtl());
            if (days < RETENTION_DAYS) {
                service.blockingStub()
                        .updateNamespace(UpdateNamespaceRequest.newBuilder()
                                .setNamespace(name)
                                .setConfig(NamespaceConfig.newBuilder()
                                        .setWorkflowExecutionRetentionTtl(Durations.fromDays(RETENTION_DAYS)))
                                .build());
                log.info("namespace '{}' kept closed runs {} days, now {}", name, days, RETENTION_DAYS);
            }
        } catch (StatusRuntimeException refused) {
            log.warn(
                    "closed runs may vanish before {} days; type: temporal operator namespace update -n {} --retention 90d",
                    RETENTION_DAYS,
                    name);
        }
    }

    private void registerAttributes() {
        // The channel alone would leave our API key behind.
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(service.getRawChannel())
                .setGrpcMetadataProviders(service.getOptions().getGrpcMetadataProviders())
                .validateAndBuildWithDefaults());
        List<String> missing = missing(operator);
        if (missing.isEmpty()) {
            return;
        }
        AddSearchAttributesRequest.Builder request =
                AddSearchAttributesRequest.newBuilder().setNamespace(name);
        missing.forEach(it -> request.putSearchAttributes(it, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        try {
            operator.blockingStub().addSearchAttributes(request.build());
            log.info("registered the search attributes {}", missing);
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.ALREADY_EXISTS) {
                return; // another worker was faster
            }
            throw notReady(
                    "the search attributes %s are missing, and could not be made".formatted(missing),
                    // One call a name: the tool takes several, and registers the first one only.
                    "%s; or say `search-attributes: off`"
                            .formatted(missing.stream()
                                    .map(it ->
                                            "temporal operator search-attribute create -n %s --name %s --type Keyword"
                                                    .formatted(name, it))
                                    .collect(Collectors.joining("; "))),
                    refused);
        }
    }

    private List<String> missing(OperatorServiceStubs operator) {
        List<String> wanted = RunAttributes.ALL.stream().map(it -> it.getName()).toList();
        try {
            Set<String> known = operator.blockingStub()
                    .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                            .setNamespace(name)
                            .build())
                    .getCustomAttributesMap()
                    .keySet();
            return wanted.stream().filter(it -> !known.contains(it)).toList();
        } catch (StatusRuntimeException e) {
            // The in-JVM server cannot list them, but can be told.
            return wanted;
        }
    }

    private DescribeNamespaceResponse describe() {
        return service.blockingStub()
                .describeNamespace(
                        DescribeNamespaceRequest.newBuilder().setNamespace(name).build());
    }

    private static NotReady notReady(String problem, String hint, StatusRuntimeException cause) {
        return new NotReady("%s (%s)".formatted(problem, cause.getStatus().getDescription()), hint);
    }

    /** Temporal is there, but not as a worker needs it. */
    static final class NotReady extends RuntimeException {

        private final String hint;

        NotReady(String problem, String hint) {
            super(problem);
            this.hint = hint;
        }

        String hint() {
            return hint;
        }
    }
}
