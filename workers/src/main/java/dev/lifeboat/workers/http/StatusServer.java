package dev.lifeboat.workers.http;

import dev.lifeboat.configuration.HttpAddress;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.BindException;
import java.util.Map;
import java.util.Objects;

/** The HTTP server of a worker, from start to stop. Its settings are ours alone: no file and no variable adds to them. */
public final class StatusServer implements AutoCloseable {

    private static final int ANY_FREE_PORT = -1;

    private final ApplicationContext context;
    private final HttpAddress address;

    private StatusServer(ApplicationContext context, HttpAddress address) {
        this.context = context;
        this.address = address;
    }

    /** Begins to answer at {@code wanted}; throws {@link CannotListen} if that cannot be. */
    public static StatusServer start(HttpAddress wanted, WorkerStatus status) {
        ApplicationContext context = ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .bootstrapEnvironment(false)
                .enableDefaultPropertySources(false)
                .environmentPropertySource(false)
                .properties(Map.of(
                        "micronaut.application.name",
                        "lifeboat-worker",
                        "micronaut.server.host",
                        wanted.host(),
                        "micronaut.server.port",
                        wanted.port() == 0 ? ANY_FREE_PORT : wanted.port(),
                        "micronaut.netty.event-loops.default.num-threads",
                        1))
                .singletons(status)
                .build()
                .start();
        try {
            EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
            return new StatusServer(context, new HttpAddress(wanted.host(), server.getPort()));
        } catch (ServerStartupException e) {
            context.close();
            throw new CannotListen(wanted, e);
        }
    }

    /** Where it answers, with the port that it got. */
    public HttpAddress address() {
        return address;
    }

    @Override
    public void close() {
        context.close();
    }

    /** The address is somebody else's, or not of this machine. */
    public static final class CannotListen extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private CannotListen(HttpAddress wanted, ServerStartupException cause) {
            super("the worker cannot answer at '%s': %s".formatted(wanted, why(cause)), cause);
        }

        /** The next move, in one sentence. */
        public String hint() {
            return "correct `worker.http`, or give each worker of this machine a port of its own with --http; port 0 takes any free one";
        }

        private static String why(Throwable cause) {
            Throwable deepest = cause;
            while (deepest.getCause() != null && !(deepest instanceof BindException)) {
                deepest = Objects.requireNonNull(deepest.getCause());
            }
            return Objects.toString(deepest.getMessage(), deepest.getClass().getSimpleName());
        }
    }
}
