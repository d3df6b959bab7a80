package dev.lifeboat.workflows;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The plainest input that a kind of request can be read from, in JSON: what is shown to whoever wrote another. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Plainest {

    /** The input, with the quotes that belong to it. */
    String value();
}
