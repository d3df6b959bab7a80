package dev.lifeboat.repository.archive;

import java.util.HexFormat;

/**
 * The sums of the upper and of the lower 64 bits of the XXH3-128 hashes of all rows, modulo 2^64. The order of the rows
 * does not matter, and two equal rows do not cancel. The fingerprint of a single row is its XXH3-128 hash. It tells
 * accidents apart, not forgeries: for those there is the seal.
 */
public record Fingerprint(long first, long second) {

    private static final int DIGITS = 32;

    /** The inverse of {@link #text}; throws {@link IllegalArgumentException} for anything but 32 hex digits. */
    public static Fingerprint parse(String text) {
        if (text.length() != DIGITS) {
            throw new IllegalArgumentException("'%s' is no fingerprint of %d hex digits".formatted(text, DIGITS));
        }
        return new Fingerprint(
                HexFormat.fromHexDigitsToLong(text, 0, DIGITS / 2),
                HexFormat.fromHexDigitsToLong(text, DIGITS / 2, DIGITS));
    }

    /** 32 hex digits, the first sum before the second. */
    public String text() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second);
    }

    @Override
    public String toString() {
        return text();
    }
}
