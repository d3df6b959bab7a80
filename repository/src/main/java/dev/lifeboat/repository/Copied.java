package dev.lifeboat.repository;

/**
 * A backup that is in another repository now, read back there.
 *
 * @param bytes stored bytes of all its objects
 * @param alreadyThere whether it had been there before, so that nothing was copied
 */
public record Copied(int objects, long bytes, boolean alreadyThere) {}
