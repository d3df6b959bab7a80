package dev.lifeboat.workers;

import dev.lifeboat.activities.Repositories;
import dev.lifeboat.activities.check.WorkerIdentity;
import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.HttpAddress;
import dev.lifeboat.configuration.ProcessLocale;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.SettingsFile;
import dev.lifeboat.workers.http.StatusServer;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.connection.Silence;
import dev.lifeboat.workflows.connection.TemporalConnection;
import io.grpc.StatusRuntimeException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A worker process: reads the configuration, makes Temporal ready, serves its roles until it is told to stop. */
@Command(
        name = "lifeboat worker",
        description = "Runs the runbooks and their activities on this machine, until it is stopped.",
        footer = {"", "Example: lifeboat worker --roles control,write,delete"})
public final class WorkerApplication implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(WorkerApplication.class);
    private static final int WRONG_CONFIGURATION = 2;
    private static final int NOT_REACHABLE = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    @SuppressWarnings("UnusedVariable") // picocli itself looks at it
    private boolean help;

    @Option(names = "--config", paramLabel = "FILE", description = "the configuration to read")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--roles",
            split = ",",
            paramLabel = "ROLE",
            description = "control, write, read, delete; all of them if not given")
    private List<String> roles = List.of();

    @Option(names = "--host", paramLabel = "NAME", description = "the name of this machine in lifeboat.yml")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            converter = HttpAddresses.class,
            description = "where to answer /metrics, /health and /ready; else `worker.http`, else nowhere")
    private Optional<HttpAddress> http = Optional.empty();

    @Option(
            names = "--private-temporal",
            paramLabel = "HOST:PORT",
            hidden = true,
            description = "a server that is this worker's alone, instead of the one that lifeboat.yml names")
    private Optional<String> privateTemporal = Optional.empty();

    private final Doors doors;

    WorkerApplication(Doors doors) {
        this.doors = doors;
    }

    public static void main(String[] arguments) {
        ProcessLocale.writeNumbersAlike();
        System.exit(run(Doors.OPEN, arguments));
    }

    static int run(Doors doors, String... arguments) {
        return new CommandLine(new WorkerApplication(doors))
                .addSubcommand(new Alarm(System.in))
                .execute(arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return serve();
        } catch (ConfigurationException e) {
            log.error("{}", e.getMessage());
            return WRONG_CONFIGURATION;
        } catch (UncheckedIOException e) {
            log.error("{} ({})", e.getMessage(), String.valueOf(e.getCause()));
            return WRONG_CONFIGURATION;
        } catch (StatusServer.CannotListen e) {
            log.error("{}\nHint: {}", e.getMessage(), e.hint());
            return WRONG_CONFIGURATION;
        } catch (Namespace.NotReady e) {
            log.error("{}\nHint: {}", e.getMessage(), e.hint());
            return NOT_REACHABLE;
        }
    }

    private int serve() throws InterruptedException {
        Set<Queue> queues = queues();
        Settings settings = Settings.load(SettingsFile.find(config, System.getenv(), Path.of("")));
        try (Watching watching = Watching.start(http(settings), settings, host(), queues, doors)) {
            TemporalConnection temporal = connect(settings, watching);
            try {
                return serve(settings, temporal, watching, queues);
            } catch (StatusRuntimeException e) {
                log.error("Temporal at {}: {}", temporal.address(), e.getStatus());
                return NOT_REACHABLE;
            } finally {
                temporal.stubs().shutdown();
            }
        }
    }

    // The address of the configuration is for the worker that serves always, which may be on this machine as well.
    private Optional<HttpAddress> http(Settings settings) {
        return privateTemporal.isPresent() ? http : http.or(settings.worker()::http);
    }

    private TemporalConnection connect(Settings settings, Watching watching) {
        return privateTemporal
                .map(TemporalConnection::toOwn)
                .orElseGet(() -> TemporalConnection.to(
                        settings.temporal().address(),
                        settings.temporal().namespace(),
                        settings.temporal().profile(),
                        watching.scope()));
    }

    private int serve(Settings settings, TemporalConnection temporal, Watching watching, Set<Queue> queues)
            throws InterruptedException {
        Optional<Silence> silence = temporal.silence(PATIENCE);
        if (silence.isPresent()) {
            log.error("{}\nHint: {}", silence.get().problem(), silence.get().hint());
            return NOT_REACHABLE;
        }
        new Namespace(temporal.stubs(), temporal.namespace())
                .makeReady(settings.temporal().searchAttributes());
        LifeboatWorker worker =
                LifeboatWorker.start(settings, temporal.stubs(), temporal.namespace(), host(), queues, doors);
        watching.serving(temporal, worker);
        // Others wait for this line: the tests, and the command that started us.
        log.info("worker ready: {} as '{}' with configuration {}", queues, host(), settings.sha256());
        Optional<Heartbeat> heartbeat = heartbeat(settings, temporal, queues);
        awaitStop(worker);
        heartbeat.ifPresent(Heartbeat::close);
        return 0;
    }

    // A private worker's beat would hide that the one that serves always is silent.
    private Optional<Heartbeat> heartbeat(Settings settings, TemporalConnection temporal, Set<Queue> queues) {
        return settings.notifications()
                .heartbeat()
                .filter(it -> queues.contains(Queue.CONTROL) && privateTemporal.isEmpty())
                .map(it -> Heartbeat.start(
                        it.address(),
                        it.every(),
                        new Health(
                                temporal,
                                WorkerIdentity.of(host(), settings.sha256()),
                                settings,
                                new Repositories(settings, host(), doors.stores()))));
    }

    private static void awaitStop(LifeboatWorker worker) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            log.info("stopping");
            worker.stop();
            stopped.countDown();
        }));
        stopped.await();
    }

    private Set<Queue> queues() {
        if (roles.isEmpty()) {
            return EnumSet.allOf(Queue.class);
        }
        Set<Queue> queues = EnumSet.noneOf(Queue.class);
        for (String role : roles) {
            queues.add(Queue.all().stream()
                    .filter(queue -> queue.role().equals(role.strip()))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.ParameterException(
                            new CommandLine(this),
                            "there is no role '%s'; roles are %s"
                                    .formatted(
                                            role,
                                            Arrays.stream(Queue.values())
                                                    .map(Queue::role)
                                                    .toList()))));
        }
        return queues;
    }

    private String host() {
        return host.orElseGet(() -> {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        });
    }

    /** Reads the address as {@code lifeboat.yml} does. */
    static final class HttpAddresses implements CommandLine.ITypeConverter<HttpAddress> {

        @Override
        public HttpAddress convert(String text) {
            try {
                return HttpAddress.of(text);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
