package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A worker meets a Temporal server that nobody has prepared. */
@Tag("survival")
class TemporalNamespaceTest {

    @Test
    void it_keeps_runs_ninety_days_and_registers_its_search_attributes() {
        try (Shop shop = Shop.open(10)) {
            shop.worker();
            assertThat(Durations.toDays(shop.connection()
                            .stubs()
                            .blockingStub()
                            .describeNamespace(DescribeNamespaceRequest.newBuilder()
                                    .setNamespace("default")
                                    .build())
                            .getConfig()
                            .getWorkflowExecutionRetentionTtl()))
                    .isEqualTo(90);
            OperatorServiceStubs operator =
                    OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                            .setChannel(shop.connection().stubs().getRawChannel())
                            .validateAndBuildWithDefaults());
            assertThat(operator.blockingStub()
                            .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                                    .setNamespace("default")
                                    .build())
                            .getCustomAttributesMap())
                    .containsKeys("LifeboatTarget", "LifeboatRun", "LifeboatWaiting");
        }
    }
}
