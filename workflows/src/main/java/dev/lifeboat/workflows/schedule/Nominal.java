package dev.lifeboat.workflows.schedule;

import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The point in time that a schedule started a run for. */
final class Nominal {

    private static final SearchAttributeKey<OffsetDateTime> SCHEDULED =
            SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

    private Nominal() {}

    /** In whole seconds: as Temporal says, or the run's start if somebody started it by hand. */
    static Instant ofThisRun() {
        return Optional.ofNullable(Workflow.getTypedSearchAttributes().get(SCHEDULED))
                .map(OffsetDateTime::toInstant)
                .orElseGet(() -> Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis()))
                .truncatedTo(ChronoUnit.SECONDS);
    }
}
