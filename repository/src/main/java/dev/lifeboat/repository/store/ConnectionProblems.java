package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What went wrong between us and an S3 service, in the words of a store. */
final class ConnectionProblems {

    /** The first that is among the causes counts. */
    private static final List<Case> CASES = List.of(
            new Case(
                    ApiCallTimeoutException.class,
                    UNREACHABLE,
                    "the service does not answer in time",
                    "look at the service and the network."),
            new Case(
                    UnknownHostException.class,
                    UNREACHABLE,
                    "its host is not known",
                    "check the endpoint, and the name service here."),
            untrusted(CertificateException.class),
            untrusted(CertPathValidatorException.class),
            untrusted(SSLPeerUnverifiedException.class),
            new Case(
                    SSLException.class,
                    UNREACHABLE,
                    "the encrypted connection failed",
                    "look at the network between, and check that the endpoint speaks TLS."),
            new Case(
                    ConnectException.class,
                    UNREACHABLE,
                    "nobody listens there",
                    "check the endpoint, the firewall, and the service."),
            new Case(
                    SocketTimeoutException.class,
                    UNREACHABLE,
                    "the service does not answer",
                    "look at the service and the network."),
            new Case(
                    IOException.class,
                    UNREACHABLE,
                    "the connection was cut, again and again",
                    "look at the network between."));

    private ConnectionProblems() {}

    static StoreException in(S3Action action, String url, SdkException e) {
        String start = "%s '%s': ".formatted(action.words(), url);
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt(); // whoever waits for this thread must see it, too
            return new StoreException(UNREACHABLE, start + "it was interrupted", "repeat it.", e);
        }
        for (Case each : CASES) {
            if (isCause(e, each.type)) {
                return new StoreException(each.problem, start + each.words, each.hint, e);
            }
        }
        if (String.valueOf(e.getMessage()).contains("credentials")) {
            return new StoreException(DENIED, start + "the credentials cannot be had any more", "renew them.", e);
        }
        return new StoreException(
                UNREACHABLE, start + "no usable answer came", "see the cause; the same may work later.", e);
    }

    private static Case untrusted(Class<? extends Throwable> type) {
        return new Case(
                type,
                UNSUITABLE,
                "the service's certificate is not trusted",
                "name the authority that issued it as ca, or check that the endpoint is the right one.");
    }

    private static boolean isCause(Throwable start, Class<? extends Throwable> type) {
        for (Throwable each = start; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    private record Case(Class<? extends Throwable> type, StoreException.Problem problem, String words, String hint) {}
}
