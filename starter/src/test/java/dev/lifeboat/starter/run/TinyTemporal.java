package dev.lifeboat.starter.run;

import dev.lifeboat.starter.local.FreePort;
import dev.lifeboat.workflows.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.Map;
import java.util.Optional;

/** Temporal in this JVM, on a port, with a worker for {@link TinyRun}. */
public final class TinyTemporal implements AutoCloseable {

    private final Optional<TestServer.PortBoundTestServer> server;
    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;
    private final WorkerFactory factory;
    private final String address;
    private final TinyRun.TinyWork work = new TinyRun.TinyWork();

    public TinyTemporal() {
        this(FreePort.any());
    }

    private TinyTemporal(int port) {
        this(Optional.of(TestServer.createPortBoundServer(port)), "127.0.0.1:" + port);
    }

    /** The same worker, on a server that runs already. */
    public static TinyTemporal at(String address) {
        return new TinyTemporal(Optional.empty(), address);
    }

    private TinyTemporal(Optional<TestServer.PortBoundTestServer> server, String address) {
        this.server = server;
        this.address = address;
        stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build());
        factory = WorkerFactory.newInstance(client);
        Worker worker = factory.newWorker("lifeboat");
        worker.registerWorkflowImplementationTypes(TinyRun.TinyRunbook.class);
        worker.registerActivitiesImplementations(work);
    }

    public TinyTemporal withWorker() {
        factory.start();
        return this;
    }

    /** Starts a worker that does not know the runbook. */
    public WorkerFactory wrongWorker() {
        WorkerFactory wrong = WorkerFactory.newInstance(client);
        wrong.newWorker("lifeboat").registerWorkflowImplementationTypes(TinyRun.OtherRunbook.class);
        wrong.start();
        return wrong;
    }

    public String address() {
        return address;
    }

    public WorkflowClient client() {
        return client;
    }

    /** Starts a run of {@code backup/orders} and returns Temporal's run id. */
    public RunAddress start(String how) {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId("backup/orders")
                .setTaskQueue("lifeboat")
                .build();
        var started = client.newUntypedWorkflowStub("BackUpDatabase", options)
                .start(Map.of("how", how, "operator", "ann@db1"));
        return new RunAddress("backup/orders", started.getRunId());
    }

    public void letGo() {
        work.letGo.countDown();
    }

    @Override
    public void close() {
        letGo();
        factory.shutdownNow();
        stubs.shutdownNow();
        server.ifPresent(TestServer.PortBoundTestServer::close);
    }
}
