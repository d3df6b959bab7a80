package dev.lifeboat.starter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.starter.terminal.CommandException;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTemporalTest {

    @TempDir
    Path folder;

    @Test
    void it_has_our_search_attributes_keeps_runs_90_days_and_survives_a_kill() {
        try (LocalTemporal temporal =
                LocalTemporal.start(Tools.temporal(), folder.resolve("t"), LocalTemporal.Ports.free())) {
            long first = temporal.pid();
            temporal.kill();
            assertThat(temporal.isAlive()).isFalse();
            temporal.restart();

            assertThat(temporal.pid()).isNotEqualTo(first);
            assertThat(retentionDays(temporal)).isEqualTo(90);
            assertThat(searchAttributes(temporal)).contains("LifeboatTarget", "LifeboatRun", "LifeboatWaiting");
        }
    }

    @Test
    void what_a_server_left_that_died_at_once_is_not_taken_for_its_memory() throws IOException {
        Path state = Files.createDirectory(folder.resolve("t"));
        Files.writeString(state.resolve("temporal.sqlite.new"), "half a file");

        try (LocalTemporal temporal = LocalTemporal.start(Tools.temporal(), state, LocalTemporal.Ports.free())) {
            assertThat(temporal.isAlive()).isTrue();
        }
        assertThat(state.resolve("temporal.sqlite.new")).doesNotExist();
        assertThat(state.resolve("temporal.sqlite")).exists();
    }

    @Test
    void a_server_that_cannot_start_says_where_its_log_is() throws IOException {
        Path broken = folder.resolve("temporal");
        Files.writeString(broken, "#!/bin/sh\necho 'no such flag' >&2\nexit 1\n");
        Files.setPosixFilePermissions(broken, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> LocalTemporal.start(broken, folder.resolve("t"), LocalTemporal.Ports.free()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("Temporal did not start", "no such flag");
    }

    private static long retentionDays(LocalTemporal temporal) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal.address())
                .build());
        try {
            return stubs.blockingStub()
                            .describeNamespace(DescribeNamespaceRequest.newBuilder()
                                    .setNamespace("default")
                                    .build())
                            .getConfig()
                            .getWorkflowExecutionRetentionTtl()
                            .getSeconds()
                    / 86_400;
        } finally {
            stubs.shutdownNow();
        }
    }

    private static Iterable<String> searchAttributes(LocalTemporal temporal) {
        OperatorServiceStubs stubs = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setTarget(temporal.address())
                .validateAndBuildWithDefaults());
        try {
            return stubs.blockingStub()
                    .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                            .setNamespace("default")
                            .build())
                    .getCustomAttributesMap()
                    .keySet();
        } finally {
            stubs.shutdownNow();
        }
    }
}
