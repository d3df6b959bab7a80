package dev.lifeboat.repository.store;

import java.time.Instant;

/** An object as a listing shows it: its key, its size in bytes, and when it was last written (UTC). */
public record StoredObject(Key key, long bytes, Instant modified) {}
