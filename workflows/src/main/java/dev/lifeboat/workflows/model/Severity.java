package dev.lifeboat.workflows.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How soon a person has to look, the most urgent first. */
public enum Severity {
    /** Now, also at night. */
    P1,
    /** Within hours; also what a newer version says. */
    @JsonEnumDefaultValue
    P2,
    /** Today. */
    P3,
    /** Some day. */
    P4;

    /** The next more urgent one; P1 stays as it is. */
    public Severity raised() {
        return this == P1 ? P1 : values()[ordinal() - 1];
    }

    public boolean isMoreUrgentThan(Severity other) {
        return compareTo(other) < 0;
    }
}
