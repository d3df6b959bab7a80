package dev.lifeboat.repository.store;

import java.time.Instant;

/**
 * One of the versions that a bucket with versioning keeps of an object.
 *
 * @param id as the service calls it
 * @param current whether it is what readers see now
 * @param deleted whether it only says that the object was deleted then
 * @param modified when it was written (UTC)
 */
public record StoredVersion(String id, boolean current, boolean deleted, long bytes, Instant modified) {}
