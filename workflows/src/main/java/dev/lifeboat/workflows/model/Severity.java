package dev.lifeboat.workflows.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How soon a person has to look, the most urgent first. */
public enum Severity {
    /** Now, also at night. */
    P1(1),
    /** Within hours; also what a newer version says. */
    @JsonEnumDefaultValue
    P2(2),
    /** Today. */
    P3(3),
    /** Some day. */
    P4(4);

    private final int number;

    Severity(int number) {
        this.number = number;
    }

    /** From 1, the most urgent, to 4. */
    public int number() {
        return number;
    }

    /** The next more urgent one; P1 stays as it is. */
    public Severity raised() {
        return switch (this) {
            case P1, P2 -> P1;
            case P3 -> P2;
            case P4 -> P3;
        };
    }

    public boolean isMoreUrgentThan(Severity other) {
        return number < other.number;
    }
}
