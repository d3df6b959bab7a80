package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.Runbook;
import dev.lifeboat.workflows.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A runbook without a list of effects would be one through whose deaths nobody has marched. */
class MarchListTest {

    /** It only looks, for a person who waits; all that it can leave behind is one small canary. */
    private static final String LOOKS_ONLY = "CheckSetup";

    @Test
    void every_runbook_that_changes_anything_is_marched() {
        assertThat(Runbooks.ALL)
                .extracting(Runbook::name)
                .filteredOn(it -> !it.equals(LOOKS_ONLY))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(March.listed(List.of(it)))
                        .as("effects/%s.txt", it)
                        .isNotEmpty());
    }
}
