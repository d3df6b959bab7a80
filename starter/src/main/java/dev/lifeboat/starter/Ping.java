package dev.lifeboat.starter;

import dev.lifeboat.starter.terminal.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

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
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
        // No redirects: an address leads where it was written to lead.
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of("it answered with status " + status);
        } catch (IOException e) {
            return Optional.of(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
