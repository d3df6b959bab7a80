package dev.lifeboat.repository.verification;

/** Who hears how far a verification is, in stored bytes; called about once for every quarter of a mebibyte. */
@FunctionalInterface
public interface Progress {

    void read(long done, long total);
}
