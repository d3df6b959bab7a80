package dev.lifeboat.starter.run;

/**
 * Where a run is found in Temporal.
 *
 * @param right the workflow id, such as {@code backup/orders}
 * @param runId Temporal's own name for it; changes with a reset
 */
public record RunAddress(String right, String runId) {}
