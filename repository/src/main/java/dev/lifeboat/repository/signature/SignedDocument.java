package dev.lifeboat.repository.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON document whose last member is the signature of all bytes before that member's line.
 *
 * <p>So {@code head -n -2 document.json} gives the signed bytes to any tool. Whoever reads the document must refuse members
 * that are there twice and anything after its end; then what is read is what was signed.
 */
public final class SignedDocument {

    private static final String MEMBER = "  \"signature\": ";
    private static final String ALGORITHM = "ed25519";
    private static final byte[] UNSIGNED_END = ascii("\n}\n");
    private static final Pattern LINE =
            Pattern.compile(MEMBER + "\"" + ALGORITHM + ":([A-Za-z0-9+/]+=*):([A-Za-z0-9+/]+=*)\"\n}\n");

    private final byte[] bytes;

    private SignedDocument(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A signed document, or one that should be; the bytes are the caller's and must not be changed. */
    public static SignedDocument of(byte[] bytes) {
        return new SignedDocument(bytes);
    }

    /** A pretty-printed JSON object, ending in a line with its closing brace, with a signature as its last member. */
    public static byte[] sign(byte[] unsigned, SigningKey key) {
        int end = unsigned.length - UNSIGNED_END.length;
        if (end < 0 || !Arrays.equals(unsigned, end, unsigned.length, UNSIGNED_END, 0, UNSIGNED_END.length)) {
            throw new IllegalArgumentException("the document does not end in a line with its closing brace");
        }
        byte[] signed = joined(Arrays.copyOf(unsigned, end), ascii(",\n"));
        String signature = Base64.getEncoder().encodeToString(key.sign(signed));
        return joined(signed, ascii("%s\"%s:%s:%s\"\n}\n".formatted(MEMBER, ALGORITHM, key.publicKey(), signature)));
    }

    /** What the signature is worth; {@code claims} says whether the document has a member of the name "signature" at all. */
    public Judgement judge(TrustedKeys trusted, boolean claims) {
        int line = lineStart();
        Matcher matcher = LINE.matcher(new String(bytes, line, bytes.length - line, StandardCharsets.ISO_8859_1));
        if (!matcher.matches()) {
            return claims
                    ? new Judgement.Bad("its signature is not where or as it was written")
                    : new Judgement.Unsigned();
        }
        String by = matcher.group(1);
        return verified(by, matcher.group(2), Arrays.copyOf(bytes, line))
                .<Judgement>map(Judgement.Bad::new)
                .orElseGet(() -> trusted.contains(by) ? new Judgement.Good(by) : new Judgement.Untrusted(by));
    }

    /** Why the signature does not hold, empty if it does. */
    private static Optional<String> verified(String key, String signature, byte[] signed) {
        try {
            return Ed25519.verifies(Ed25519.publicKey(decoded(key)), signed, decoded(signature))
                    ? Optional.empty()
                    : Optional.of("it was changed after it was signed");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.of("its signature or the key in it is none");
        }
    }

    /** Base64 has several texts for the same bytes; one of them is right, so that no changed text passes. */
    private static byte[] decoded(String text) {
        byte[] decoded = Base64.getDecoder().decode(text);
        if (!Base64.getEncoder().encodeToString(decoded).equals(text)) {
            throw new IllegalArgumentException("not the usual text of these bytes");
        }
        return decoded;
    }

    /** Where the last line but one begins; the document's end if there is none. */
    private int lineStart() {
        int feeds = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '\n' && ++feeds == 3) {
                return i + 1;
            }
        }
        return bytes.length;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
