package dev.lifeboat.workflows.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What a notice means for whatever it is about. */
public enum News {
    /** Something fails and is tried again; also what a newer version says. */
    @JsonEnumDefaultValue
    TROUBLE,
    /** Nobody tries any more: without a person it stays as it is. */
    FAILED,
    /** It is as it should be, whatever was before. */
    WELL
}
