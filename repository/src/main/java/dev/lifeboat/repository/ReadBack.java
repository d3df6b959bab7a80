package dev.lifeboat.repository;

/** How much was read back and found to be what was written, in stored bytes. */
public record ReadBack(int objects, long bytes) {}
