package dev.lifeboat.activities.notification;

import dev.lifeboat.configuration.ChannelSettings;
import dev.lifeboat.workflows.activity.DeliveryActivities.Delivered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several channels at the same time, and waits for none of them longer than its patience. */
final class Sender {

    private static final Logger log = LoggerFactory.getLogger("notification");
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final Map<String, ChannelSettings> channels;
    private final int tries;
    private final Duration patience;

    /**
     * One that tries each channel {@code tries} times, and for {@code patience} in all.
     *
     * @param channels by name
     */
    Sender(Map<String, ChannelSettings> channels, int tries, Duration patience) {
        this.channels = channels;
        this.tries = tries;
        this.patience = patience;
    }

    /** Tells all of {@code names}; who was not told is said in the answer and in the log. */
    Delivered tell(Collection<String> names, Message message) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        long deadline = System.nanoTime() + patience.toNanos();
        Map<String, Future<Optional<NotTold>>> under = new LinkedHashMap<>();
        names.forEach(it -> under.put(it, threads.submit(() -> tell(it, message))));
        List<String> told = new ArrayList<>();
        List<String> unclear = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        under.forEach((name, future) -> {
            Optional<NotTold> problem = outcome(future, deadline);
            if (problem.isEmpty()) {
                told.add(name);
                return;
            }
            if (problem.get().unclear()) {
                unclear.add(name);
            }
            failed.add("'%s': %s".formatted(name, problem.get().problem()));
        });
        threads.shutdownNow();
        report(told, failed, message);
        return new Delivered(told, unclear, failed);
    }

    private Optional<NotTold> tell(String name, Message message) throws InterruptedException {
        ChannelSettings settings = channels.get(name);
        if (settings == null) {
            return Optional.of(NotTold.because("lifeboat.yml has no such channel any more"));
        }
        Channel channel = Channel.of(settings);
        boolean unclear = false;
        for (int attempt = 1; ; attempt++) {
            try {
                channel.tell(message);
                return Optional.empty();
            } catch (NotTold e) {
                unclear |= e.unclear();
                if (attempt >= tries) {
                    return Optional.of(unclear ? NotTold.perhaps(e.problem()) : e);
                }
            }
            Thread.sleep(BETWEEN_TRIES);
        }
    }

    static String kind(ExecutionException e) {
        return Optional.ofNullable(e.getCause())
                .map(it -> it.getClass().getSimpleName())
                .orElse("unknown");
    }

    private static Optional<NotTold> outcome(Future<Optional<NotTold>> future, long deadline) {
        try {
            return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Optional.of(NotTold.perhaps("it did not answer in time"));
        } catch (ExecutionException e) {
            // A bug of ours in one channel must not keep the others from being told; its words may hold anything.
            return Optional.of(NotTold.perhaps("a bug of ours: " + kind(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(NotTold.perhaps("the worker stopped meanwhile"));
        }
    }

    private static void report(List<String> told, List<String> failed, Message message) {
        if (!told.isEmpty()) {
            log.info("told {}: {}", told, message.headline());
        }
        failed.forEach(it -> log.warn("not told, {}: {}", it, message.headline()));
    }
}
