package dev.lifeboat.repository.archive;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * The running fingerprint of a table. A row is the line that {@code COPY … TO STDOUT} gives for it, without its line
 * feed. For one thread.
 */
public final class RowSums {

    static final Hasher128 HASHER = Hashing.xxh3_128();

    private long rows;
    private long first;
    private long second;

    /** Adds one row, without its line feed; a row without columns has no bytes. */
    public void add(byte[] bytes, int offset, int length) {
        add(HASHER.hashBytesTo128Bits(bytes, offset, length));
    }

    void add(HashValue128 hash) {
        rows++;
        first += hash.getMostSignificantBits();
        second += hash.getLeastSignificantBits();
    }

    public long rows() {
        return rows;
    }

    /** Of the rows so far. */
    public Fingerprint fingerprint() {
        return new Fingerprint(first, second);
    }
}
