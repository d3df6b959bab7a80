package dev.lifeboat.starter.run;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The events of one run as they happen, by long poll in a thread of its own. Temporal may go and come back meanwhile:
 * nothing is lost, and nothing comes twice.
 */
final class HistoryFeed implements AutoCloseable {

    private static final Duration LONG_POLL = Duration.ofSeconds(40);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final Runs runs;
    private final RunAddress address;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final Thread thread;
    private long lastEvent;
    // A real server ends a wait after some 20 seconds; the in-JVM one holds it until the run ends, so it is asked
    // often.
    private boolean canWait = true;

    /** What the feed has to say. */
    sealed interface News {

        /** More of the history. */
        record Events(List<HistoryEvent> events) implements News {}

        /** Temporal does not answer; the feed tries again by itself. */
        record Silence(String problem) implements News {}

        /** Nothing more will come. */
        record End(Optional<StatusRuntimeException> because) implements News {}
    }

    HistoryFeed(Runs runs, RunAddress address) {
        this.runs = runs;
        this.address = address;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("history of " + address.right())
                .start(this::follow);
    }

    /** The next news, if there is any within {@code patience}. */
    Optional<News> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(news.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void follow() {
        ByteString page = ByteString.EMPTY;
        boolean wait = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                GetWorkflowExecutionHistoryResponse response = ask(page, wait);
                boolean over = take(response.getHistory().getEventsList());
                page = response.getNextPageToken();
                if (over) {
                    news.add(new News.End(Optional.empty()));
                    return;
                }
                // The end of what there is: from here on it waits. A server that ends a wait without a page to go on
                // from is read from the beginning again.
                wait = canWait && (page.isEmpty() ? !wait : wait);
                if (!canWait) {
                    rest();
                }
            } catch (StatusRuntimeException e) {
                if (isFinal(e.getStatus().getCode())) {
                    news.add(new News.End(Optional.of(e)));
                    return;
                }
                canWait = canWait && !(wait && isTimeout(e));
                // A page token does not outlive the server that gave it.
                page = ByteString.EMPTY;
                wait = false;
                pause(e);
            }
        }
    }

    /** Hands on what is new and follows without a gap on what came before. Returns whether the run is over. */
    private boolean take(List<HistoryEvent> events) {
        List<HistoryEvent> fresh = new ArrayList<>();
        for (HistoryEvent event : events) {
            if (event.getEventId() == lastEvent + 1) {
                lastEvent = event.getEventId();
                fresh.add(event);
            }
        }
        if (!fresh.isEmpty()) {
            news.add(new News.Events(fresh));
        }
        return !fresh.isEmpty() && isClosing(fresh.getLast().getEventType());
    }

    private static boolean isClosing(EventType type) {
        return switch (type) {
            case EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
                    EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
                    EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
                    EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
                    EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
                    EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW -> true;
            default -> false;
        };
    }

    private GetWorkflowExecutionHistoryResponse ask(ByteString page, boolean wait) {
        return runs.stub()
                .withDeadlineAfter(LONG_POLL.toSeconds(), TimeUnit.SECONDS)
                .getWorkflowExecutionHistory(runs.request(address)
                        .setWaitNewEvent(wait)
                        .setNextPageToken(page)
                        .build());
    }

    private void pause(StatusRuntimeException e) {
        if (isTimeout(e)) {
            return;
        }
        news.add(new News.Silence(String.valueOf(e.getStatus().getDescription())));
        rest();
    }

    private static boolean isTimeout(StatusRuntimeException e) {
        return e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED;
    }

    private static void rest() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isFinal(Status.Code code) {
        return code == Status.Code.NOT_FOUND
                || code == Status.Code.PERMISSION_DENIED
                || code == Status.Code.UNAUTHENTICATED
                || code == Status.Code.UNIMPLEMENTED;
    }
}
