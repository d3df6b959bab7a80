package dev.lifeboat.starter.schedules;

import dev.lifeboat.workflows.schedule.Pause;
import io.temporal.client.schedules.ScheduleActionResult;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleInfo;
import io.temporal.client.schedules.ScheduleState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A schedule that Temporal has. */
public record PresentSchedule(String name, ScheduleDescription description) {

    Optional<Definition> definition() {
        return Definition.of(description.getSchedule());
    }

    /** The id of the repository that is its home, if it says one. */
    Optional<String> home() {
        return Definition.home(description.getSchedule());
    }

    public boolean isPaused() {
        return state().isPaused();
    }

    /** Since when and why it is paused, as whoever paused it said. */
    public Pause pause() {
        return Pause.read(Optional.ofNullable(state().getNote()).orElse(""));
    }

    /** The next points, as the server sees them, ascending; none while it is paused. */
    public List<Instant> next() {
        return isPaused() ? List.of() : description.getInfo().getNextActionTimes();
    }

    /** The last point for which something was begun. */
    public Optional<Instant> last() {
        return description.getInfo().getRecentActions().stream()
                .map(ScheduleActionResult::getScheduledAt)
                .max(Comparator.naturalOrder());
    }

    /** How many points were dropped because the server was away for longer than they are caught up. */
    public long missed() {
        return info().getNumActionsMissedCatchupWindow();
    }

    /** How many points were passed over because the run before was still going on. */
    public long skipped() {
        return info().getNumActionsSkippedOverlap();
    }

    /** Whether it is paused, and the note that says why. */
    private ScheduleState state() {
        return stateOf(description);
    }

    static ScheduleState stateOf(ScheduleDescription description) {
        return Optional.ofNullable(description.getSchedule().getState())
                .orElseGet(() -> ScheduleState.newBuilder().build());
    }

    private ScheduleInfo info() {
        return description.getInfo();
    }

    /** Whose clock its times mean. */
    public String zone() {
        return Optional.ofNullable(description.getSchedule().getSpec().getTimeZoneName())
                .filter(it -> !it.isEmpty())
                .orElse("UTC");
    }
}
