package dev.lifeboat.workers.month;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Dumps that take as long as a test says. Time stands still here while an activity works, so while such a dump lasts it is
 * pushed on in small steps, and whoever works is said to be alive after each.
 */
final class LongDumps extends WorkerInterceptorBase {

    /** Shorter than Temporal waits for a beat. */
    private static final Duration STEP = Duration.ofSeconds(20);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

    /** Whoever does not wait as it should has time to show it. */
    private static final Duration FOR_OTHERS = Duration.ofMillis(5);

    private static final Set<String> WAITING = Set.of("Backup.Take", "Schedule.AwaitEnd", "Verification.AwaitBackup");

    private final Map<Instant, Duration> lengths;
    private final Set<ActivityInfo> atWork = ConcurrentHashMap.newKeySet();
    private volatile Instant end = Instant.MIN;

    /** @param lengths by the point for which the dump is made; every other one takes no time */
    LongDumps(Map<Instant, Duration> lengths) {
        this.lengths = Map.copyOf(lengths);
    }

    static LongDumps none() {
        return new LongDumps(Map.of());
    }

    boolean areNone() {
        return lengths.isEmpty();
    }

    /** The next dump is the one for that point. */
    void announce(Instant point) {
        if (lengths.containsKey(point)) {
            end = point.plus(lengths.get(point));
        }
    }

    /** What a dump does: it lasts until its end. */
    void last(TestTime time) {
        while (time.now().isBefore(end)) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** While a dump lasts, comes back when each of so many runs is where it waits for its end. */
    void settle(TestTime time, long runs) {
        if (time.now().isBefore(end)) {
            await("%d runs that dump, or wait for the dump's end".formatted(runs))
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> waiting().count() == runs);
        }
    }

    /** Lets time pass as long as a dump lasts. */
    void passTo(Instant instant, TestTime time, WorkflowClient client) {
        Instant last = instant.isBefore(end) ? instant : end;
        for (Instant now = time.now(); now.isBefore(last); now = time.now()) {
            Instant next = now.plus(STEP);
            time.jumpTo(next.isBefore(last) ? next : last);
            waiting().forEach(it -> beat(it, client));
            LockSupport.parkNanos(FOR_OTHERS.toNanos());
        }
    }

    private Stream<ActivityInfo> waiting() {
        return atWork.stream().filter(it -> WAITING.contains(it.getActivityType()));
    }

    private static void beat(ActivityInfo work, WorkflowClient client) {
        try {
            client.getWorkflowServiceStubs()
                    .blockingStub()
                    .recordActivityTaskHeartbeat(RecordActivityTaskHeartbeatRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setTaskToken(ByteString.copyFrom(work.getTaskToken()))
                            .build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.NOT_FOUND) { // it has just ended
                throw e;
            }
        }
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new ActivityInboundCallsInterceptorBase(next) {

            private Optional<ActivityInfo> work = Optional.empty();

            @Override
            public void init(ActivityExecutionContext context) {
                work = Optional.of(context.getInfo());
                super.init(context);
            }

            @Override
            public ActivityOutput execute(ActivityInput input) {
                work.ifPresent(atWork::add);
                try {
                    return super.execute(input);
                } finally {
                    work.ifPresent(atWork::remove);
                }
            }
        };
    }
}
