package dev.lifeboat.workers.survival;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Whoever hands out API keys to Temporal: signed tokens, and the public key at an address that the server reads. */
final class ApiKeys implements AutoCloseable {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int COORDINATE = 32;

    private final KeyPair pair;
    private final HttpServer server;

    private ApiKeys(KeyPair pair, HttpServer server) {
        this.pair = pair;
        this.server = server;
    }

    static ApiKeys start() {
        try {
            KeyPair pair = pair();
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] keys = keys((ECPublicKey) pair.getPublic()).getBytes(StandardCharsets.UTF_8);
            server.createContext("/keys", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            server.start();
            return new ApiKeys(pair, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where Temporal finds the public key. */
    String source() {
        return "http://127.0.0.1:%d/keys".formatted(server.getAddress().getPort());
    }

    /** A key for somebody who may do anything. */
    String issue() {
        return issue(pair);
    }

    /** The same, signed by somebody else. */
    static String forge() {
        return issue(pair());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static String issue(KeyPair pair) {
        String token = encoded("{\"alg\":\"ES256\",\"kid\":\"test\",\"typ\":\"JWT\"}")
                + "."
                + encoded(
                        "{\"sub\":\"lifeboat\",\"exp\":%d,\"permissions\":[\"temporal-system:admin\",\"default:admin\"]}"
                                .formatted(Instant.now().plusSeconds(7_200).getEpochSecond()));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(token.getBytes(StandardCharsets.US_ASCII));
            return token + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String keys(ECPublicKey key) {
        return "{\"keys\":[{\"kty\":\"EC\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"test\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}]}"
                .formatted(
                        coordinate(key.getW().getAffineX()),
                        coordinate(key.getW().getAffineY()));
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] exact = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, exact, COORDINATE - length, length);
        return BASE64.encodeToString(Arrays.copyOf(exact, COORDINATE));
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
