package dev.lifeboat.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a backup was made for, such as {@code daily} or {@code pre-deploy}. */
public record Tag(@JsonValue String value) {

    public static final Tag MANUAL = new Tag("manual");

    /** Of a backup that a release relies on. */
    public static final Tag PRE_DEPLOY = new Tag("pre-deploy");

    /** @throws IllegalArgumentException if {@code value} is not lower-case words joined by hyphens */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Tag {
        if (!value.matches("[a-z][a-z0-9.-]{0,62}")) {
            throw new IllegalArgumentException("a tag is lower-case words joined by hyphens, such as pre-deploy: '"
                    + value.replaceAll("\\p{Cntrl}", "?") + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
