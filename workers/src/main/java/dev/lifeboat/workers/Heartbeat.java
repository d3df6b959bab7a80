package dev.lifeboat.workers;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call to an address outside, again and again, as long as this worker is healthy. Whoever listens there raises the alarm
 * when it falls silent: because the worker died, lost Temporal or its repository, or lost the way out.
 */
final class Heartbeat implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final Duration every;
    private final Duration patience;
    private final Supplier<Optional<String>> trouble;
    // No redirects: an address leads where it was written to lead.
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Optional<String> said = Optional.empty();

    private Heartbeat(URI address, Duration every, Duration patience, Supplier<Optional<String>> trouble) {
        this.address = address;
        this.every = every;
        this.patience = patience;
        this.trouble = trouble;
    }

    /** @param trouble why this worker is not healthy right now; empty if it is */
    static Heartbeat start(URI address, Duration every, Supplier<Optional<String>> trouble) {
        return start(address, every, PATIENCE, trouble);
    }

    /** With another patience than ten seconds. */
    static Heartbeat start(URI address, Duration every, Duration patience, Supplier<Optional<String>> trouble) {
        Heartbeat heartbeat = new Heartbeat(address, every, patience, trouble);
        Thread.ofPlatform().daemon().name("heartbeat").start(heartbeat::beat);
        return heartbeat;
    }

    @Override
    public void close() {
        stopped.countDown();
        client.shutdownNow();
    }

    private void beat() {
        try {
            do {
                say(trouble().or(this::send));
            } while (!stopped.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> trouble() {
        try {
            return trouble.get();
        } catch (RuntimeException e) {
            return Optional.of("its health cannot be told: " + e);
        }
    }

    // Never the address: whoever knows it can keep the alarm quiet.
    private Optional<String> send() {
        // The timeout of a request ends with the headers: a body that never ends needs a bound of its own.
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(
                HttpRequest.newBuilder(address).timeout(patience).GET().build(),
                HttpResponse.BodyHandlers.discarding());
        try {
            int status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of("the address outside answers with " + status);
        } catch (ExecutionException e) {
            return Optional.of("the address outside cannot be reached: "
                    + Objects.requireNonNullElse(e.getCause(), e).getClass().getSimpleName());
        } catch (TimeoutException e) {
            return Optional.of("the address outside does not end its answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            answer.cancel(true);
        }
    }

    /** Says once what is wrong, and once that it is over. */
    private void say(Optional<String> now) {
        if (stopped.getCount() == 0 || now.equals(said)) {
            return;
        }
        now.ifPresentOrElse(
                why -> log.warn("no heartbeat: {}; whoever listens outside will raise the alarm", why),
                () -> log.info("the heartbeat is heard again"));
        said = now;
    }
}
