package dev.lifeboat.starter.schedules;

import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.schedule.ScheduleRequest;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that decides when a schedule in Temporal runs and what, as far as two of them can be compared.
 *
 * @param home the id of the repository that its database is backed up to first: it tells whose the schedule is
 * @param calendars the local times that come again
 * @param afterGaps the local times, of certain years, at which a time happens that the clock leaves out
 */
record Definition(
        String home,
        Set<Calendar> calendars,
        Set<Calendar> afterGaps,
        String zone,
        Duration jitter,
        Duration catchUp,
        ScheduleOverlapPolicy overlap,
        boolean pausesOnFailure,
        String runbook,
        String workflowId,
        String taskQueue,
        ScheduleRequest request) {

    private static final String RUNBOOK = "RunOnSchedule";
    private static final String HOME = "lifeboat-repository";
    private static final ScheduleOverlapPolicy SKIP = ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP;
    private static final int YEARS_AHEAD = 10;

    /** So far ahead two definitions must agree on changes of the clock; so a schedule is not updated each year. */
    private static final int YEARS_COMPARED = 5;

    static Definition of(WantedSchedule wanted, String homeId, Instant now) {
        Instant horizon = now.atOffset(ZoneOffset.UTC).plusYears(YEARS_AHEAD).toInstant();
        List<LocalDateTime> gaps = wanted.timetable().afterGaps(now, horizon);
        return new Definition(
                homeId,
                wanted.timetable().cron().calendars().stream().map(Calendar::of).collect(toSet()),
                gaps.stream().map(Calendar::once).collect(toSet()),
                wanted.timetable().zone().getId(),
                wanted.jitter(),
                wanted.catchUp(),
                SKIP,
                false,
                RUNBOOK,
                wanted.request().workflowId(),
                Queue.CONTROL.taskQueue(),
                wanted.request().since(now));
    }

    /** What the server has; empty if it is nothing that this class could have made. */
    static Optional<Definition> of(Schedule server) {
        if (!(server.getAction() instanceof ScheduleActionStartWorkflow action)) {
            return Optional.empty();
        }
        ScheduleSpec spec = server.getSpec();
        if (Stream.of(spec.getIntervals(), spec.getCronExpressions(), spec.getSkip())
                .anyMatch(it -> it != null && !it.isEmpty())) {
            return Optional.empty();
        }
        SchedulePolicy policy = Optional.ofNullable(server.getPolicy())
                .orElseGet(() -> SchedulePolicy.newBuilder().build());
        Set<Calendar> all = spec.getCalendars().stream().map(Calendar::of).collect(toSet());
        return request(action)
                .map(request -> new Definition(
                        home(server).orElse(""),
                        all.stream().filter(it -> !it.isOnce()).collect(toSet()),
                        all.stream().filter(Calendar::isOnce).collect(toSet()),
                        Objects.toString(spec.getTimeZoneName(), ""),
                        orNone(spec.getJitter()),
                        orNone(policy.getCatchupWindow()),
                        policy.getOverlap(),
                        policy.isPauseOnFailure(),
                        action.getWorkflowType(),
                        Objects.toString(action.getOptions().getWorkflowId(), ""),
                        Objects.toString(action.getOptions().getTaskQueue(), ""),
                        request));
    }

    /** Whose it says it is. Kept in its action, because that can be changed later, and its own memo cannot. */
    static Optional<String> home(Schedule server) {
        return Optional.of(server.getAction())
                .filter(ScheduleActionStartWorkflow.class::isInstance)
                .map(ScheduleActionStartWorkflow.class::cast)
                .map(it -> it.getOptions().getMemo())
                .map(it -> it.get(HOME))
                .flatMap(Definition::text);
    }

    private static Optional<String> text(Object memo) {
        try {
            return memo instanceof Values values
                    ? Optional.ofNullable(values.get(0, String.class))
                    : Optional.of(memo.toString());
        } catch (DataConverterException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<ScheduleRequest> request(ScheduleActionStartWorkflow action) {
        try {
            return Optional.ofNullable(action.getArguments().get(0, ScheduleRequest.class));
        } catch (DataConverterException unreadable) {
            return Optional.empty();
        }
    }

    private static Duration orNone(@Nullable Duration duration) {
        return duration == null ? Duration.ZERO : duration;
    }

    private static <T> Collector<T, ?, Set<T>> toSet() {
        return Collectors.toCollection(LinkedHashSet::new);
    }

    /** What is different in {@code wanted}, in words; none if there is nothing to change. */
    List<String> differences(Definition wanted, Instant now) {
        List<String> differences = new ArrayList<>();
        if (!calendars.equals(wanted.calendars)) {
            differences.add("its times");
        }
        LocalDateTime local = LocalDateTime.ofInstant(now, ZoneId.of(wanted.zone));
        if (!nextYears(local).equals(wanted.nextYears(local))) {
            differences.add("its days with a change of the clock");
        }
        compare(differences, "repository", home, wanted.home);
        compare(differences, "zone", zone, wanted.zone);
        compare(differences, "jitter", jitter, wanted.jitter);
        compare(differences, "catch-up", catchUp, wanted.catchUp);
        compare(differences, "overlap", overlap, wanted.overlap);
        compare(differences, "pause on failure", pausesOnFailure, wanted.pausesOnFailure);
        compare(differences, "runbook", runbook, wanted.runbook);
        compare(differences, "workflow id", workflowId, wanted.workflowId);
        compare(differences, "task queue", taskQueue, wanted.taskQueue);
        if (request.since().isEmpty()) {
            differences.add("since when it has its times");
        }
        return List.copyOf(differences);
    }

    /** The same with what {@code present} knows: times that it has already are no newer for being written again. */
    Definition after(Definition present) {
        boolean sameTimes = calendars.equals(present.calendars) && zone.equals(present.zone);
        Optional<Instant> since = present.request.since().filter(it -> sameTimes);
        return new Definition(
                home,
                calendars,
                afterGaps,
                zone,
                jitter,
                catchUp,
                overlap,
                pausesOnFailure,
                runbook,
                workflowId,
                taskQueue,
                since.map(request::since).orElse(request));
    }

    private static void compare(List<String> differences, String what, Object is, Object wanted) {
        if (!is.equals(wanted)) {
            differences.add("%s %s becomes %s".formatted(what, is, wanted));
        }
    }

    /** What is past by now differs only in when it was written. */
    private Set<Calendar> nextYears(LocalDateTime now) {
        return afterGaps.stream()
                .filter(it -> it.isAfter(now) && it.year() <= now.getYear() + YEARS_COMPARED)
                .collect(toSet());
    }

    Schedule toTemporal(ScheduleState state) {
        return Schedule.newBuilder()
                .setAction(ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(runbook)
                        .setArguments(request)
                        .setOptions(WorkflowOptions.newBuilder()
                                .setWorkflowId(workflowId)
                                .setTaskQueue(taskQueue)
                                .setMemo(Map.of(HOME, home))
                                // Both or none: the SDK cannot read a schedule back that has only one of them.
                                .setStaticSummary("%s, %s".formatted(request.right(), request.rhythm()))
                                .setStaticDetails("docs/runbooks/run-on-schedule.md")
                                .build())
                        .build())
                .setSpec(ScheduleSpec.newBuilder()
                        .setCalendars(Stream.concat(calendars.stream(), afterGaps.stream())
                                .map(Calendar::toTemporal)
                                .toList())
                        .setTimeZoneName(zone)
                        .setJitter(jitter)
                        .build())
                .setPolicy(SchedulePolicy.newBuilder()
                        .setOverlap(overlap)
                        .setCatchupWindow(catchUp)
                        .setPauseOnFailure(pausesOnFailure)
                        .build())
                .setState(state)
                .build();
    }
}
