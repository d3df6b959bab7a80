package dev.lifeboat.configuration;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Says that the configuration cannot be used, with everything that was found wrong with it.
 *
 * <p>It never has a cause: exceptions of parsers quote what they read, and that may be a secret.
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final String message;

    public ConfigurationException(List<Problem> problems) {
        this(problems, "");
    }

    ConfigurationException(Problem problem) {
        this(List.of(problem), "");
    }

    ConfigurationException(List<Problem> problems, String more) {
        this.problems = List.copyOf(problems);
        this.message = problems.stream().map(Problem::render).collect(Collectors.joining("\n")) + more;
    }

    /** Every problem with its hint, one after the other. */
    @Override
    public String getMessage() {
        return message;
    }

    public List<Problem> problems() {
        return problems;
    }
}
