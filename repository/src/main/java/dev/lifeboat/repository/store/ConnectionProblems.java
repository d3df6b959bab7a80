package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** What went wrong between us and an S3 service, in the words of a store. */
final class ConnectionProblems {

    private ConnectionProblems() {}

    static StoreException in(S3Action action, String url, SdkException e) {
        String start = "%s '%s': ".formatted(action.words(), url);
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt(); // whoever waits for this thread must see it, too
            return new StoreException(UNREACHABLE, start + "it was interrupted", "repeat it.", e);
        }
        Optional<UnknownHostException> unknown = cause(e, UnknownHostException.class);
        if (unknown.isPresent()) {
            return new StoreException(
                    UNREACHABLE, start + "its host is not known", "check the endpoint, and the name service here.", e);
        }
        if (cause(e, SSLException.class).isPresent()) {
            return untrusted(start, e);
        }
        if (cause(e, ConnectException.class).isPresent()) {
            return new StoreException(
                    UNREACHABLE,
                    start + "nobody listens there",
                    "check the endpoint, the firewall, and the service.",
                    e);
        }
        if (cause(e, SocketTimeoutException.class).isPresent()) {
            return new StoreException(
                    UNREACHABLE, start + "the service does not answer", "look at the service and the network.", e);
        }
        if (cause(e, IOException.class).isPresent()) {
            return new StoreException(
                    UNREACHABLE, start + "the connection was cut, again and again", "look at the network between.", e);
        }
        if (String.valueOf(e.getMessage()).contains("credentials")) {
            return new StoreException(DENIED, start + "the credentials cannot be had any more", "renew them.", e);
        }
        return new StoreException(
                UNREACHABLE, start + "no usable answer came", "see the cause; the same may work later.", e);
    }

    private static StoreException untrusted(String start, SdkException e) {
        return new StoreException(
                UNSUITABLE,
                start + "the service's certificate is not trusted",
                "name the authority that issued it as ca, or check that the endpoint is the right one.",
                e);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable start, Class<T> type) {
        for (Throwable each = start; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }
}
