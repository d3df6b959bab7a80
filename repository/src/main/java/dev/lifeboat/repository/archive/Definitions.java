package dev.lifeboat.repository.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The schema fingerprint in the making: SHA-256 over the sorted SHA-256 of each definition, because the order of a dump
 * follows the ids of its objects and a restored copy has others. Each text counts with its length before it.
 */
final class Definitions implements ArchiveText.Reader {

    private final MessageDigest sha256;
    private final List<byte[]> hashes = new ArrayList<>();

    Definitions() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void begin(int length) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            sha256.update((byte) (length >> shift));
        }
    }

    @Override
    public void add(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
    }

    /** What came since the last call is a definition. */
    void keep() {
        hashes.add(sha256.digest());
    }

    /** What came since the last call is none. */
    void forget() {
        sha256.reset();
    }

    int count() {
        return hashes.size();
    }

    String fingerprint() {
        hashes.sort(Arrays::compareUnsigned);
        hashes.forEach(sha256::update);
        return HexFormat.of().formatHex(sha256.digest());
    }
}
