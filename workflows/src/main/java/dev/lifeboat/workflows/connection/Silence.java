package dev.lifeboat.workflows.connection;

import io.grpc.StatusRuntimeException;
import java.util.Locale;
import java.util.Optional;

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

    static Silence of(String address, StatusRuntimeException failure) {
        return switch (failure.getStatus().getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                new Silence("Temporal at '%s' does not let us in".formatted(address), WHO_WE_ARE);
            default ->
                handshake(failure)
                        .map(why -> ofHandshake(address, why))
                        .orElseGet(() -> new Silence(
                                "Temporal does not answer at '%s'".formatted(address),
                                "start it (lifeboat up), or correct `temporal.address` or TEMPORAL_ADDRESS; a server that"
                                        + " wants TLS is silent to whoever does not speak it: TEMPORAL_TLS=true"));
        };
    }

    private static Silence ofHandshake(String address, String why) {
        String said = why.toLowerCase(Locale.ROOT);
        if (said.contains("path")
                || said.contains("verify")
                || said.contains("no name matching")
                || said.contains("alternative")) {
            return new Silence(
                    "the certificate of Temporal at '%s' is not to be trusted: %s".formatted(address, why),
                    "name the authority that signed it in TEMPORAL_TLS_SERVER_CA_CERT_PATH, and the name in it in"
                            + " TEMPORAL_TLS_SERVER_NAME if that is not the address");
        }
        return new Silence("no TLS with Temporal at '%s': %s".formatted(address, why), WHO_WE_ARE);
    }

    private static Optional<String> handshake(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            String name = cause.getClass().getSimpleName();
            if (name.contains("SSL") || name.contains("Certif") || name.contains("CertPath")) {
                return Optional.of(String.valueOf(deepest(cause).getMessage()));
            }
        }
        return Optional.empty();
    }

    private static Throwable deepest(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
