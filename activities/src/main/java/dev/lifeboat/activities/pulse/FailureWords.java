package dev.lifeboat.activities.pulse;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.workflows.model.FailureType;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import java.util.stream.Collectors;

/** Turns what a lower layer throws into a failure that names the problem and the next move. */
final class FailureWords {

    private FailureWords() {}

    static RuntimeException of(RuntimeException problem) {
        return switch (problem) {
            case TemporalFailure already -> already;
            case ConfigurationException wrong -> of(wrong);
            case StoreException store -> of(store);
            default -> plain(problem);
        };
    }

    // Each problem brings its own hint; a run has room for one.
    private static ApplicationFailure of(ConfigurationException wrong) {
        String problems = wrong.problems().stream()
                .map(it -> it.render().lines().findFirst().orElse(it.problem()))
                .collect(Collectors.joining("; "));
        String hint = wrong.problems().size() == 1
                ? wrong.problems().getFirst().hint().replaceAll("[.\\s]+$", "") + "; then start the worker again"
                : "mend lifeboat.yml on the worker, and start the worker again";
        return Failures.permanent(FailureType.CONFIGURATION, problems, hint);
    }

    private static ApplicationFailure of(StoreException store) {
        return switch (store.problem()) {
            case NOT_FOUND, UNSUITABLE, DENIED ->
                Failures.permanent(FailureType.REPOSITORY_UNSUITABLE, words(store), store.hint());
            case DAMAGED -> Failures.permanent(FailureType.STORED_BYTES_DIFFER, words(store), store.hint());
            case EXISTS -> Failures.permanent(FailureType.ALREADY_COMMITTED, words(store), store.hint());
            case FULL, UNREACHABLE -> Failures.passing(store.problem().name(), words(store), store.hint());
        };
    }

    private static ApplicationFailure plain(RuntimeException problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return ApplicationFailure.newFailureWithCause(
                words(root), root.getClass().getSimpleName(), problem);
    }

    private static String words(Throwable problem) {
        return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
    }
}
