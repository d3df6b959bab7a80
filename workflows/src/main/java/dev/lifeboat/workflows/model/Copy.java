package dev.lifeboat.workflows.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/**
 * One repository that has a backup, or should have it.
 *
 * @param repository its name in {@code lifeboat.yml}
 * @param required whether a backup's run ends well only with it
 * @param note why it is not there, or who works on it; empty if there is nothing to say
 */
public record Copy(String repository, boolean required, State state, String note) {

    public enum State {
        /** Read back there, and committed. */
        HERE,
        /** A run of its own makes it. */
        UNDER_WAY,
        MISSING,
        /** What a newer version says. */
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
