package dev.lifeboat.activities.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.SecretRef;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Sending JSON to an address of the web: 5 seconds to connect, 10 in all. It goes to that address and nowhere else: a
 * redirect is a refusal. What is answered is not read, only its status.
 */
final class Web {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration IN_ALL = Duration.ofSeconds(10);
    private static final int FIRST_GOOD = 200;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_WRONG = 400;
    private static final JsonMapper JSON = new JsonMapper();

    private final Optional<Path> authority;

    Web(Optional<Path> authority) {
        this.authority = authority;
    }

    /** The address that a secret holds. */
    static URI address(SecretRef secret) throws NotTold {
        return checked(text(secret));
    }

    /** A secret of a channel. */
    static String text(SecretRef secret) throws NotTold {
        try {
            return secret.read().strip();
        } catch (ConfigurationException e) {
            throw NotTold.because(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    /** Refuses what is no address, or one to which everybody on the way could listen. */
    static URI checked(String text) throws NotTold {
        try {
            URI address = new URI(text);
            if (address.getHost() == null) {
                throw NotTold.because("its secret is not the address of a web server");
            }
            boolean here = address.getHost().matches("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
            if ("https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && here)) {
                return address;
            }
            throw NotTold.because("its address does not begin with https://");
        } catch (URISyntaxException e) {
            throw NotTold.because("its secret is not the address of a web server"); // the cause would show it
        }
    }

    static byte[] bytes(JsonNode document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Posts JSON, and returns when it was taken. */
    void post(URI address, byte[] json, Map<String, String> headers) throws NotTold {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(IN_ALL)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Lifeboat")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json));
        headers.forEach(request::header);
        int status = send(request.build());
        if (status >= FIRST_REDIRECT && status < FIRST_WRONG) {
            throw NotTold.because("it answered %d: it wants us to go elsewhere, which we do not".formatted(status));
        }
        if (status < FIRST_GOOD || status >= FIRST_REDIRECT) {
            throw NotTold.because("it answered %d".formatted(status));
        }
    }

    private int send(HttpRequest request) throws NotTold {
        HttpClient client = client();
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return answer.get(IN_ALL.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (TimeoutException e) {
            throw NotTold.perhaps("it did not answer within %d seconds".formatted(IN_ALL.toSeconds()));
        } catch (ExecutionException e) {
            throw inWords(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NotTold.perhaps("the worker stopped meanwhile");
        } finally {
            client.shutdownNow();
        }
    }

    private HttpClient client() throws NotTold {
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        if (authority.isPresent()) {
            client.sslContext(Trust.only(authority.get()));
        }
        return client.build();
    }

    // The words of the exceptions themselves may show the address.
    private static NotTold inWords(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case HttpConnectTimeoutException late -> {
                    return NotTold.because("its host does not answer");
                }
                case UnresolvedAddressException unknown -> {
                    return NotTold.because("its host is not known");
                }
                case SSLException mistrust -> {
                    return NotTold.because("its certificate is not trusted, or it speaks no TLS that we know");
                }
                default -> {}
            }
        }
        if (failure instanceof ConnectException) {
            return NotTold.because("its host refuses the connection");
        }
        return failure instanceof IOException
                ? NotTold.perhaps("the connection broke, or it did not answer in time")
                : NotTold.perhaps("it could not be reached");
    }
}
