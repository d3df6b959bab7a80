package dev.lifeboat.starter;

import dev.lifeboat.configuration.Place;
import dev.lifeboat.configuration.SecretRef;
import dev.lifeboat.starter.terminal.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One call of a dead-man address: silence there is an alarm, so it is called only when all is good. */
final class Ping {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Ping() {}

    /**
     * The address that was typed, or that {@code env:NAME} or {@code file:PATH} holds: every account of a machine can read
     * what was typed.
     *
     * @param settings a relative path begins at its folder
     * @throws CommandException of usage if nothing could be called there
     */
    static URI address(String typed, Path settings) {
        boolean reference = typed.startsWith("env:") || typed.startsWith("file:");
        String text = reference
                ? SecretRef.parse(typed, new Place(settings, 0, "--ping")).read()
                : typed;
        try {
            URI address = new URI(text.strip());
            check(address);
            return address;
        } catch (URISyntaxException e) {
            throw none();
        }
    }

    private static void check(URI address) {
        if (!Set.of("http", "https").contains(String.valueOf(address.getScheme())) || address.getHost() == null) {
            throw none();
        }
    }

    // Without what was written: it may be a secret.
    private static CommandException none() {
        return CommandException.usage(
                "--ping needs an address that begins with https:// or http://",
                "Write it as in https://hc.example.com/abc, or env:NAME or file:PATH of what holds it.");
    }

    /** Calls it; returns why it was not reached, without the address: whoever knows it can keep the alarm quiet. */
    static Optional<String> send(URI address) {
        return send(address, PATIENCE);
    }

    // The client is not closed but shut down: closing would wait for an answer that never ends.
    static Optional<String> send(URI address, Duration patience) {
        // No redirects: an address leads where it was written to lead.
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        AtomicBoolean answered = new AtomicBoolean();
        try {
            // The one bound of it all: the timeout of a request would end with the headers, and a body may never end.
            int status = client.sendAsync(HttpRequest.newBuilder(address).GET().build(), headers -> {
                        answered.set(true);
                        return HttpResponse.BodySubscribers.discarding();
                    })
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of("it answered with status " + status);
        } catch (ExecutionException e) {
            return Optional.of(
                    Objects.requireNonNullElse(e.getCause(), e).getClass().getSimpleName());
        } catch (TimeoutException e) {
            return Optional.of(answered.get() ? "it does not end its answer" : "it does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } finally {
            client.shutdownNow();
        }
    }
}
