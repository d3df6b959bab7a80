package dev.lifeboat.workflows.connection;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import dev.lifeboat.workflows.Payloads;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a worker or the command reaches Temporal. The environment ({@code TEMPORAL_ADDRESS}, {@code TEMPORAL_NAMESPACE},
 * {@code TEMPORAL_API_KEY}, {@code TEMPORAL_TLS…}) wins over {@code lifeboat.yml}, which wins over a profile of Temporal's
 * own configuration file, which wins over the defaults. Connects when it is first used.
 */
public final class TemporalConnection implements AutoCloseable {

    public static final String DEFAULT_ADDRESS = "127.0.0.1:7233";
    public static final String DEFAULT_NAMESPACE = "default";

    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    private final WorkflowServiceStubsOptions settings;
    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;

    private TemporalConnection(ClientConfigProfile profile, Scope metrics) {
        settings = WorkflowServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions())
                .setMetricsScope(metrics)
                .build();
        stubs = WorkflowServiceStubs.newServiceStubs(settings);
        client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder(profile.toWorkflowClientOptions())
                        .setDataConverter(Payloads.converter())
                        .setIdentity("lifeboat "
                                + ManagementFactory.getRuntimeMXBean().getName())
                        .build());
    }

    /**
     * A connection as {@code lifeboat.yml} and the environment of this process want it. An address or namespace that is
     * blank or the default one counts as not given.
     *
     * @throws UncheckedIOException if the profile or a file that it names cannot be read
     */
    public static TemporalConnection to(String address, String namespace, Optional<String> profile) {
        return to(address, namespace, profile, new NoopScope());
    }

    /** The same, which counts and measures its calls in {@code metrics}. */
    public static TemporalConnection to(String address, String namespace, Optional<String> profile, Scope metrics) {
        return to(new Wanted(address, namespace, profile), System.getenv(), metrics);
    }

    /** A connection to a server of our own on this machine: what the environment says is about another one. */
    public static TemporalConnection toOwn(String address) {
        return to(address, DEFAULT_NAMESPACE, Optional.empty(), Map.of());
    }

    static TemporalConnection to(
            String address, String namespace, Optional<String> profile, Map<String, String> environment) {
        return to(new Wanted(address, namespace, profile), environment, new NoopScope());
    }

    private static TemporalConnection to(Wanted wanted, Map<String, String> environment, Scope metrics) {
        try {
            return new TemporalConnection(
                    settle(wanted.address(), wanted.namespace(), wanted.profile(), environment), metrics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClientConfigProfile settle(
            String address, String namespace, Optional<String> profile, Map<String, String> environment)
            throws IOException {
        Optional<String> chosen = said(environment.get("TEMPORAL_PROFILE")).or(() -> profile);
        LoadClientConfigProfileOptions.Builder how = LoadClientConfigProfileOptions.newBuilder()
                .setEnvOverrides(environment)
                // A file that nobody named must not send backups to another server.
                .setDisableFile(chosen.isEmpty());
        chosen.ifPresent(how::setConfigFileProfile);
        ClientConfigProfile found = ClientConfigProfile.load(how.build());
        return found.toBuilder()
                .setAddress(said(environment.get("TEMPORAL_ADDRESS"))
                        .or(() -> unlessDefault(address, DEFAULT_ADDRESS))
                        .or(() -> said(found.getAddress()))
                        .orElse(DEFAULT_ADDRESS))
                .setNamespace(said(environment.get("TEMPORAL_NAMESPACE"))
                        .or(() -> unlessDefault(namespace, DEFAULT_NAMESPACE))
                        .or(() -> said(found.getNamespace()))
                        .orElse(DEFAULT_NAMESPACE))
                .build();
    }

    /** The low-level side, for namespaces, search attributes and histories. */
    public WorkflowServiceStubs stubs() {
        return stubs;
    }

    public WorkflowClient client() {
        return client;
    }

    /** Host and port, as settled; for messages. */
    public String address() {
        return settings.getTarget();
    }

    public String namespace() {
        return client.getOptions().getNamespace();
    }

    /** Whether the server answers a simple question within {@code patience}. */
    public boolean answersWithin(Duration patience) {
        return silence(patience).isEmpty();
    }

    /** Why the server does not answer a simple question within {@code patience}; empty if it does. */
    public Optional<Silence> silence(Duration patience) {
        try {
            ask(patience, true);
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
                return Optional.of(Silence.of(address(), isTls(), e));
            }
        }
        // Who waits for a connection hears only that it waited; who does not hears why there is none.
        try {
            ask(LAST_WORD, false);
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return Optional.of(Silence.of(address(), isTls(), e));
        }
    }

    private boolean isTls() {
        return settings.getEnableHttps() || settings.getSslContext() != null;
    }

    private void ask(Duration patience, boolean wait) {
        WorkflowServiceGrpc.WorkflowServiceBlockingStub stub =
                stubs.blockingStub().withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
        (wait ? stub.withWaitForReady() : stub).getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
    }

    @Override
    public void close() {
        stubs.shutdownNow();
    }

    private static Optional<String> said(@Nullable String text) {
        return Optional.ofNullable(text).filter(it -> !it.isBlank());
    }

    private static Optional<String> unlessDefault(String text, String ordinary) {
        return said(text).filter(it -> !it.equals(ordinary));
    }

    private record Wanted(String address, String namespace, Optional<String> profile) {}
}
