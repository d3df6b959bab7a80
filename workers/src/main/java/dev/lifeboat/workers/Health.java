package dev.lifeboat.workers;

import com.google.protobuf.util.Timestamps;
import dev.lifeboat.activities.Repositories;
import dev.lifeboat.configuration.DatabaseSettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.connection.TemporalConnection;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Whether this worker can do its work right now: Temporal sees it poll, and the home of every database answers. */
final class Health implements Supplier<Optional<String>> {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** A poll waits a minute for work; a worker that was not seen for longer than two of them is gone. */
    private static final Duration SEEN_WITHIN = Duration.ofMinutes(3);

    private final TemporalConnection temporal;
    private final String identity;
    private final Settings settings;
    private final Repositories repositories;
    private final Sightings sightings;

    Health(TemporalConnection temporal, String identity, Settings settings, Repositories repositories) {
        this(temporal, identity, settings, repositories, System::nanoTime);
    }

    /** By another time than this process's own. */
    Health(
            TemporalConnection temporal,
            String identity,
            Settings settings,
            Repositories repositories,
            LongSupplier nanos) {
        this.temporal = temporal;
        this.identity = identity;
        this.settings = settings;
        this.repositories = repositories;
        this.sightings = new Sightings(nanos);
    }

    /** What is wrong; empty if nothing is. */
    @Override
    public Optional<String> get() {
        return polls().or(this::repository);
    }

    private Optional<String> polls() {
        try {
            boolean seen = temporal
                    .stubs()
                    .blockingStub()
                    .withDeadlineAfter(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                            .setNamespace(temporal.namespace())
                            .setTaskQueue(TaskQueue.newBuilder().setName(Queue.CONTROL.taskQueue()))
                            .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                            .build())
                    .getPollersList()
                    .stream()
                    .filter(it -> it.getIdentity().equals(identity))
                    .map(it -> Instant.ofEpochMilli(Timestamps.toMillis(it.getLastAccessTime())))
                    .max(Comparator.naturalOrder())
                    .map(sightings::since)
                    .filter(it -> it.compareTo(SEEN_WITHIN) < 0)
                    .isPresent();
            return seen ? Optional.empty() : Optional.of("Temporal does not see this worker poll");
        } catch (StatusRuntimeException e) {
            return Optional.of(
                    "Temporal does not answer (%s)".formatted(e.getStatus().getCode()));
        }
    }

    private Optional<String> repository() {
        List<String> homes = settings.databases().values().stream()
                .map(DatabaseSettings::backup)
                .map(it -> it.home())
                .distinct()
                .toList();
        for (String home : homes) {
            try {
                Repository.open(repositories.store(home, StoreRight.WRITE));
            } catch (StoreException e) {
                return Optional.of("the repository '%s' cannot be read: %s".formatted(home, e.getMessage()));
            }
        }
        return Optional.empty();
    }
}
