package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Who signs what is stored, and whose signatures count.
 *
 * @param key the secret Ed25519 key, PEM as {@code openssl genpkey -algorithm ed25519} writes it; only where backups are made
 * @param trusted public Ed25519 keys, in base64 as between the lines of their PEM file
 */
public record SigningSettings(Optional<SecretRef> key, List<String> trusted) {

    static SigningSettings read(Block block) {
        return new SigningSettings(block.secret("key"), block.list("trusted", SigningSettings::publicKey));
    }

    private static String publicKey(JsonNode node) {
        String text = Scalar.text(node).strip();
        try {
            byte[] encoded = Base64.getDecoder().decode(text);
            var unused = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            return text;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Refused(
                    "not a public Ed25519 key",
                    "write what stands between the lines of its PEM file; 'lifeboat init' prints it.");
        }
    }
}
