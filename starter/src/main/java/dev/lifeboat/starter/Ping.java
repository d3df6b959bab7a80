package dev.lifeboat.starter;

import dev.lifeboat.starter.terminal.CommandException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One call of a dead-man address: silence there is an alarm, so it is called only when all is good. */
final class Ping {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Ping() {}

    /** @throws CommandException of usage if nothing could be called there */
    static void check(URI address) {
        if (!Set.of("http", "https").contains(String.valueOf(address.getScheme())) || address.getHost() == null) {
            throw CommandException.usage(
                    "--ping needs an address that begins with https:// or http://",
                    "Write it as in https://hc.example.com/abc.");
        }
    }

    /** Calls it; returns why it was not reached, without the address: whoever knows it can keep the alarm quiet. */
    static Optional<String> send(URI address) {
        return send(address, PATIENCE);
    }

    // The client is not closed but shut down: closing would wait for an answer that never ends.
    static Optional<String> send(URI address, Duration patience) {
        // No redirects: an address leads where it was written to lead.
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        try {
            // The timeout of a request ends with the headers: a body that never ends needs a bound of its own.
            int status = client.sendAsync(
                            HttpRequest.newBuilder(address)
                                    .timeout(patience)
                                    .GET()
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of("it answered with status " + status);
        } catch (ExecutionException e) {
            return Optional.of(
                    Objects.requireNonNullElse(e.getCause(), e).getClass().getSimpleName());
        } catch (TimeoutException e) {
            return Optional.of("it does not end its answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } finally {
            client.shutdownNow();
        }
    }
}
