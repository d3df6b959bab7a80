package dev.lifeboat.activities.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.Problem;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.journal.Trouble;
import dev.lifeboat.workflows.model.FailureType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person reads of a failed step, whoever failed. */
class FailureWordsTest {

    private static final Problem ONE = problem("there is no file 'x'", "make it, or name another one.");
    private static final Problem TWO = problem("it is empty.", "write the password into it");

    static Stream<RuntimeException> whatLowerLayersThrow() {
        return Stream.of(
                new ConfigurationException(List.of(ONE)),
                new ConfigurationException(List.of(TWO)),
                new ConfigurationException(List.of(ONE, TWO)),
                new StoreException(StoreException.Problem.FULL, "the disk is full.", "make room."),
                new StoreException(StoreException.Problem.DAMAGED, "'k' is damaged", "take another one."),
                new StoreException(StoreException.Problem.UNREACHABLE, "no route.\n", "see the network"),
                FailureType.LOGIN_REFUSED.because("the server refused 'lifeboat'.", "set the password."),
                new UncheckedIOException("cannot write", new IOException("No space left on device.")),
                new IllegalStateException("the connection was closed.\n"));
    }

    @ParameterizedTest
    @MethodSource("whatLowerLayersThrow")
    void has_one_hint_at_most_and_no_full_stop_before_other_punctuation(RuntimeException thrown) {
        var converter = Payloads.converter();
        Throwable arrived = converter.failureToException(converter.exceptionToFailure(FailureWords.of(thrown)));
        String read = Trouble.problem(arrived) + "; it is tried again";

        assertThat(read.split("[Hh]int:", -1)).as(read).hasSizeLessThanOrEqualTo(2);
        assertThat(read).doesNotContainPattern("[.;:]\\s*[.;:]");
    }

    private static Problem problem(String problem, String hint) {
        return new Problem(Path.of("lifeboat.yml"), 14, "databases.orders.password", problem, hint);
    }
}
