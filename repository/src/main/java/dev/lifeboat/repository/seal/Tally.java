package dev.lifeboat.repository.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A running count and SHA-256: written by one thread, its count readable by any. */
public final class Tally {

    private final MessageDigest sha256;
    private volatile long bytes;

    public Tally() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others only look
    public void add(byte[] content, int offset, int length) {
        sha256.update(content, offset, length);
        bytes += length;
    }

    public long bytes() {
        return bytes;
    }

    /** The result; afterwards the tally is used up. */
    public Digested digested() {
        return new Digested(bytes, HexFormat.of().formatHex(sha256.digest()));
    }

    /** The count and SHA-256 of a small document. */
    public static Digested of(byte[] content) {
        Tally tally = new Tally();
        tally.add(content, 0, content.length);
        return tally.digested();
    }
}
