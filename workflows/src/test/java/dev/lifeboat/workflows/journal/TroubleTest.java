package dev.lifeboat.workflows.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.model.FailureType;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TerminatedFailure;
import org.junit.jupiter.api.Test;

class TroubleTest {

    @Test
    void says_the_root_cause_and_its_hint() {
        var failure = ApplicationFailure.newFailureWithCause(
                "could not back up",
                "java.lang.IllegalStateException",
                FailureType.TLS_REFUSED.because("the server refused TLS", "set sslmode"));

        assertThat(Trouble.problem(failure)).isEqualTo("the server refused TLS; set sslmode");
    }

    @Test
    void names_no_class_and_stays_on_one_short_line() {
        var inner = ApplicationFailure.newFailure("java.io.IOException: disk\n is\tfull", "java.io.IOException");
        var long0 = ApplicationFailure.newFailure("x".repeat(5_000), "java.io.IOException");

        assertThat(Trouble.problem(ApplicationFailure.newFailureWithCause("outer", "x.Y", inner)))
                .isEqualTo("disk is full");
        assertThat(Trouble.problem(long0)).hasSize(2_000).endsWith("…");
        assertThat(Trouble.problem(ApplicationFailure.newFailure("", "java.lang.NullPointerException")))
                .isEqualTo("it failed and did not say why");
    }

    @Test
    void what_a_person_terminated_is_said_so_and_not_called_a_mystery() {
        assertThat(Trouble.problem(new TerminatedFailure("", null))).isEqualTo("it was terminated in Temporal");
    }

    @Test
    void a_hint_that_is_no_text_is_left_out() {
        assertThat(Trouble.problem(ApplicationFailure.newFailure("it broke", "x", 7, "y")))
                .startsWith("it broke");
    }
}
