package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.Runbook;
import dev.lifeboat.workflows.Runbooks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A runbook that is in no march would be one through whose deaths nobody has gone. */
class MarchListTest {

    /** It only looks, for a person who waits; all that it can leave behind is one small canary. */
    private static final String LOOKS_ONLY = "CheckSetup";

    @Test
    void every_runbook_that_changes_anything_is_marched() {
        List<String> marched = Stream.concat(MarchTest.RUNBOOKS.stream(), MarchTogetherTest.RUNBOOKS.stream())
                .toList();

        assertThat(marched)
                .containsExactlyInAnyOrderElementsOf(Runbooks.ALL.stream()
                        .map(Runbook::name)
                        .filter(it -> !it.equals(LOOKS_ONLY))
                        .toList())
                .allSatisfy(it -> assertThat(March.listed(List.of(it)))
                        .as("effects/%s.txt", it)
                        .isNotEmpty());
    }
}
