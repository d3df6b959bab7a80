package dev.lifeboat.starter.run;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import java.time.Duration;
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

    private static final Duration LONG_POLL = Duration.ofSeconds(70);
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final Runs runs;
    private final RunAddress address;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final Thread thread;
    private long lastEvent;
    // The in-JVM server holds back everything until the run ends: it is asked again and again instead.
    private boolean longPoll = true;

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
        while (!Thread.currentThread().isInterrupted()) {
            try {
                GetWorkflowExecutionHistoryResponse response = ask(page);
                List<HistoryEvent> fresh = response.getHistory().getEventsList().stream()
                        .filter(event -> event.getEventId() > lastEvent)
                        .toList();
                if (!fresh.isEmpty()) {
                    lastEvent = fresh.getLast().getEventId();
                    news.add(new News.Events(fresh));
                }
                page = response.getNextPageToken();
                if (page.isEmpty() && longPoll) {
                    news.add(new News.End(Optional.empty()));
                    return;
                }
                if (!longPoll) {
                    rest();
                }
            } catch (StatusRuntimeException e) {
                if (isFinal(e.getStatus().getCode())) {
                    news.add(new News.End(Optional.of(e)));
                    return;
                }
                // A real server answers the first question at once.
                longPoll = longPoll && lastEvent > 0;
                // A page token does not outlive the server that gave it; what was seen is skipped above.
                page = ByteString.EMPTY;
                if (longPoll || !isTimeout(e)) {
                    pause(e);
                }
            }
        }
    }

    private GetWorkflowExecutionHistoryResponse ask(ByteString page) {
        return runs.stub()
                .withDeadlineAfter((lastEvent > 0 ? LONG_POLL : FIRST_ANSWER).toSeconds(), TimeUnit.SECONDS)
                .getWorkflowExecutionHistory(runs.request(address)
                        .setWaitNewEvent(longPoll)
                        .setNextPageToken(page)
                        .build());
    }

    private void pause(StatusRuntimeException e) {
        if (!isTimeout(e)) {
            news.add(new News.Silence(String.valueOf(e.getStatus().getDescription())));
            rest();
        }
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
