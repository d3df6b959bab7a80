package dev.lifeboat.starter.schedules;

import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.workflows.connection.TemporalConnection;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.common.converter.DataConverterException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Our schedules in one namespace of Temporal. Ours begin with {@code lifeboat/} and carry our memo; all others are left
 * alone.
 */
public final class Schedules {

    private static final String PREFIX = "lifeboat/";
    private static final String MEMO = "lifeboat";
    private static final String MEMO_SAYS = "schedules apply";

    private final ScheduleClient client;

    public Schedules(TemporalConnection temporal) {
        this.client = ScheduleClient.newInstance(
                temporal.stubs(),
                ScheduleClientOptions.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setDataConverter(temporal.client().getOptions().getDataConverter())
                        .setIdentity(temporal.client().getOptions().getIdentity())
                        .build());
    }

    /** All of ours, by name: those that are wanted, if they are there, and those that are not wanted any more. */
    public List<PresentSchedule> present(List<WantedSchedule> wanted) {
        Set<String> ids = new LinkedHashSet<>();
        // The list is a little late: what is wanted is asked for directly.
        wanted.forEach(it -> ids.add(PREFIX + it.name()));
        asked(() -> client.listSchedules()
                        .map(ScheduleListDescription::getScheduleId)
                        .toList())
                .stream()
                .filter(it -> it.startsWith(PREFIX))
                .forEach(ids::add);
        return ids.stream().sorted().flatMap(id -> ours(id).stream()).toList();
    }

    private Optional<PresentSchedule> ours(String id) {
        return describe(id).filter(Schedules::isOurs).map(it -> new PresentSchedule(id.substring(PREFIX.length()), it));
    }

    private Optional<ScheduleDescription> describe(String id) {
        return asked(() -> {
            try {
                return Optional.of(client.getHandle(id).describe());
            } catch (RuntimeException e) {
                if (status(e).filter(Status.Code.NOT_FOUND::equals).isPresent()) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static boolean isOurs(ScheduleDescription schedule) {
        try {
            return MEMO_SAYS.equals(Objects.toString(schedule.getMemo(MEMO, String.class), ""));
        } catch (DataConverterException somebodyElses) {
            return false; // ours can be read
        }
    }

    /** What has to be done, without doing it. */
    public List<Change> differences(List<WantedSchedule> wanted, Instant now) {
        List<PresentSchedule> present = present(wanted);
        List<Change> changes = new ArrayList<>();
        for (WantedSchedule schedule : wanted) {
            Optional<PresentSchedule> there = named(present, schedule.name());
            if (there.isEmpty()) {
                changes.add(new Change(Change.Kind.CREATE, schedule.name(), List.of(), Optional.of(schedule)));
                continue;
            }
            List<String> why = there.get()
                    .definition()
                    .map(it -> it.differences(schedule.definition(now), now))
                    .orElse(List.of("somebody else has changed it"));
            if (!why.isEmpty()) {
                changes.add(new Change(Change.Kind.UPDATE, schedule.name(), why, Optional.of(schedule)));
            }
        }
        present.stream()
                .filter(it ->
                        wanted.stream().noneMatch(schedule -> schedule.name().equals(it.name())))
                .forEach(it -> changes.add(
                        new Change(Change.Kind.REMOVE, it.name(), List.of("not in lifeboat.yml"), Optional.empty())));
        return List.copyOf(changes);
    }

    public void make(Change change, Instant now) {
        asked(() -> {
            switch (change.kind()) {
                case CREATE -> create(change, now);
                case UPDATE -> update(change, now);
                case REMOVE -> handle(change.name()).delete();
            }
            return change;
        });
    }

    private void create(Change change, Instant now) {
        try {
            client.createSchedule(
                    PREFIX + change.name(),
                    change.wanted()
                            .orElseThrow()
                            .definition(now)
                            .toTemporal(ScheduleState.newBuilder().build()),
                    ScheduleOptions.newBuilder()
                            .setMemo(Map.of(MEMO, MEMO_SAYS))
                            .build());
        } catch (ScheduleAlreadyRunningException e) {
            throw new CommandException(
                    ExitCode.BAD,
                    "there is a schedule '%s' that Lifeboat did not make".formatted(PREFIX + change.name()),
                    "See whose it is (temporal schedule describe), and remove it there.",
                    e);
        }
    }

    /** A paused one stays paused, with its reason. */
    private void update(Change change, Instant now) {
        Definition wanted = change.wanted().orElseThrow().definition(now);
        handle(change.name()).update(is -> {
            Definition definition = Definition.of(is.getDescription().getSchedule())
                    .map(wanted::after)
                    .orElse(wanted);
            return new ScheduleUpdate(definition.toTemporal(PresentSchedule.stateOf(is.getDescription())));
        });
    }

    public void pause(PresentSchedule schedule, Instant now, String by, String reason) {
        String note = Pause.now(now, by, reason).note();
        asked(() -> {
            handle(schedule.name()).pause(note);
            return schedule;
        });
    }

    public void resume(PresentSchedule schedule, Instant now, String by) {
        asked(() -> {
            handle(schedule.name()).unpause("resumed at %s by %s".formatted(now, by));
            return schedule;
        });
    }

    /** Begins a run now, whatever else it is at: whoever has the right decides. */
    public void trigger(PresentSchedule schedule) {
        asked(() -> {
            handle(schedule.name()).trigger(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL);
            return schedule;
        });
    }

    private ScheduleHandle handle(String name) {
        return client.getHandle(PREFIX + name);
    }

    static Optional<PresentSchedule> named(List<PresentSchedule> present, String name) {
        return present.stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /** The answer of a server that has schedules. */
    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            if (status(e).filter(Status.Code.UNIMPLEMENTED::equals).isPresent()) {
                throw new CommandException(
                        ExitCode.UNREACHABLE,
                        "this Temporal has no schedules: it is the small one that lives inside Java",
                        "Install Temporal's own program and start 'lifeboat up' again; until then a host's cron can run"
                                + " 'lifeboat backup DATABASE'.",
                        e);
            }
            throw e;
        }
    }

    private static Optional<Status.Code> status(Throwable e) {
        return Stream.iterate(Optional.of(e), Optional::isPresent, it -> it.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .limit(20)
                .filter(StatusRuntimeException.class::isInstance)
                .map(it -> ((StatusRuntimeException) it).getStatus().getCode())
                .findFirst();
    }
}
