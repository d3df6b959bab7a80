package dev.lifeboat.workflows.connection;

import io.grpc.StatusRuntimeException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;

/**
 * Why Temporal does not talk to us, in words that hold no secret.
 *
 * @param problem what is the matter, lower case, without a full stop
 * @param hint the next move, in one sentence
 */
public record Silence(String problem, String hint) {

    /** What to look at when the server says that it does not know us, or not enough. */
    public static final String WHO_WE_ARE = "see TEMPORAL_API_KEY, or TEMPORAL_TLS_CLIENT_CERT_PATH and"
            + " TEMPORAL_TLS_CLIENT_KEY_PATH, and what their owner may do in this namespace";

    /**
     * What a failed question says.
     *
     * @param tls whether we spoke TLS
     */
    static Silence of(String address, boolean tls, StatusRuntimeException failure) {
        return switch (failure.getStatus().getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                new Silence("Temporal at '%s' does not let us in".formatted(address), WHO_WE_ARE);
            default -> ofConnection(address, tls, deepest(failure));
        };
    }

    private static Silence ofConnection(String address, boolean tls, Throwable cause) {
        String why = cause instanceof StatusRuntimeException ? "" : ": " + cause.getMessage();
        if (cause instanceof CertPathValidatorException
                || cause instanceof CertPathBuilderException
                || cause instanceof CertificateException) {
            return new Silence(
                    "the certificate of Temporal at '%s' is not to be trusted%s".formatted(address, why),
                    "name the authority that signed it in TEMPORAL_TLS_SERVER_CA_CERT_PATH, and the name in it in"
                            + " TEMPORAL_TLS_SERVER_NAME if that is not the address");
        }
        if (tls && !(cause instanceof ConnectException) && !(cause instanceof UnknownHostException)) {
            return new Silence(
                    "Temporal at '%s' ends the TLS connection%s".formatted(address, why),
                    "does it want a certificate of ours? " + WHO_WE_ARE);
        }
        return new Silence(
                "Temporal does not answer at '%s'%s".formatted(address, why),
                "start it (lifeboat up), or correct `temporal.address` or TEMPORAL_ADDRESS; a server that wants TLS is"
                        + " silent to whoever does not speak it: TEMPORAL_TLS=true");
    }

    private static Throwable deepest(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
