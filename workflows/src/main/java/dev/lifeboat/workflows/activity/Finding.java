package dev.lifeboat.workflows.activity;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/**
 * One thing that was looked at.
 *
 * @param subject what was tried, such as {@code databases.orders}
 * @param check what was asked of it, in words
 * @param hint the next move; empty if it passed
 */
public record Finding(String subject, String check, Verdict verdict, String detail, String hint) {

    public enum Verdict {
        PASS,
        WARN,
        FAIL,
        /** Nobody knows. What a newer worker says in a word that this one does not know is read so, too. */
        @JsonEnumDefaultValue
        INCONCLUSIVE
    }
}
