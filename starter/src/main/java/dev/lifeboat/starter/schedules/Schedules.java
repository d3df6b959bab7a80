package dev.lifeboat.starter.schedules;

import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.schedule.Pause;
import dev.lifeboat.workflows.schedule.RunOnSchedule;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * This installation's schedules in one namespace of Temporal. They begin with {@code lifeboat/}, carry our memo and name a
 * repository of this {@code lifeboat.yml}; all others are left alone.
 */
public final class Schedules {

    private static final String PREFIX = RunOnSchedule.SCHEDULE_PREFIX;
    private static final String MEMO = "lifeboat";
    private static final String MEMO_SAYS = "schedules apply";

    private final ScheduleClient client;
    private final Homes homes;

    public Schedules(TemporalConnection temporal, Homes homes) {
        this.homes = homes;
        this.client = ScheduleClient.newInstance(
                temporal.stubs(),
                ScheduleClientOptions.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setDataConverter(temporal.client().getOptions().getDataConverter())
                        .setIdentity(temporal.client().getOptions().getIdentity())
                        .build());
    }

    /**
     * What Lifeboat made, by name.
     *
     * @param ours those that are wanted, if they are there, and those that are not wanted any more
     * @param others those of another installation
     */
    public record Present(List<PresentSchedule> ours, List<PresentSchedule> others) {}

    public Present present(List<WantedSchedule> wanted) {
        Set<String> ids = new LinkedHashSet<>();
        // The list is a little late: what is wanted is asked for directly.
        wanted.forEach(it -> ids.add(PREFIX + it.name()));
        asked(() -> client.listSchedules()
                        .map(ScheduleListDescription::getScheduleId)
                        .toList())
                .stream()
                .filter(it -> it.startsWith(PREFIX))
                .forEach(ids::add);
        Map<Boolean, List<PresentSchedule>> made = ids.stream()
                .sorted()
                .flatMap(id -> made(id).stream())
                .collect(Collectors.partitioningBy(it -> homes.areOf(it, wanted)));
        return new Present(made.getOrDefault(true, List.of()), made.getOrDefault(false, List.of()));
    }

    private Optional<PresentSchedule> made(String id) {
        return describe(id)
                .filter(Schedules::isMadeByLifeboat)
                .map(it -> new PresentSchedule(id.substring(PREFIX.length()), it));
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

    private static boolean isMadeByLifeboat(ScheduleDescription schedule) {
        try {
            return MEMO_SAYS.equals(Objects.toString(schedule.getMemo(MEMO, String.class), ""));
        } catch (DataConverterException somebodyElses) {
            return false; // ours can be read
        }
    }

    /** What has to be done, without doing it. */
    public List<Change> differences(List<WantedSchedule> wanted, Instant now) {
        Present present = present(wanted);
        List<Change> changes = new ArrayList<>();
        wanted.forEach(it -> difference(it, present, now).ifPresent(changes::add));
        present.ours().stream()
                .filter(it ->
                        wanted.stream().noneMatch(schedule -> schedule.name().equals(it.name())))
                .forEach(it -> changes.add(
                        new Change(Change.Kind.REMOVE, it.name(), List.of("not in lifeboat.yml"), Optional.empty())));
        return List.copyOf(changes);
    }

    private Optional<Change> difference(WantedSchedule wanted, Present present, Instant now) {
        Optional<PresentSchedule> other = named(present.others(), wanted.name());
        if (other.isPresent()) {
            return Optional.of(change(Change.Kind.TAKEN, wanted, List.of("another installation's")));
        }
        Optional<PresentSchedule> there = named(present.ours(), wanted.name());
        if (there.isEmpty()) {
            return Optional.of(change(Change.Kind.CREATE, wanted, List.of()));
        }
        Optional<CommandException> unreadable = homes.trouble(wanted.home());
        if (unreadable.isPresent()) {
            return Optional.of(
                    change(Change.Kind.UNKNOWN, wanted, List.of(unreadable.get().problem())));
        }
        List<String> why = there.get()
                .definition()
                .map(it -> it.differences(definition(wanted, now), now))
                .orElse(List.of("somebody else has changed it"));
        return why.isEmpty() ? Optional.empty() : Optional.of(change(Change.Kind.UPDATE, wanted, why));
    }

    private static Change change(Change.Kind kind, WantedSchedule wanted, List<String> why) {
        return new Change(kind, wanted.name(), why, Optional.of(wanted));
    }

    private Definition definition(WantedSchedule wanted, Instant now) {
        return wanted.definition(homes.demand(wanted.home()), now);
    }

    public void make(Change change, Instant now) {
        asked(() -> {
            switch (change.kind()) {
                case CREATE -> create(change, now);
                case UPDATE -> update(change, now);
                case REMOVE -> handle(change.name()).delete();
                case TAKEN -> throw taken(change.name());
                case UNKNOWN -> homes.demand(change.wanted().orElseThrow().home());
            }
            return change;
        });
    }

    private void create(Change change, Instant now) {
        try {
            client.createSchedule(
                    PREFIX + change.name(),
                    definition(change.wanted().orElseThrow(), now)
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

    /**
     * Makes sure, before anything is changed, that all of it can be.
     *
     * @throws CommandException if something has to be mended first
     */
    public void refuse(List<Change> changes) {
        changes.stream()
                .filter(it -> it.kind() == Change.Kind.TAKEN)
                .findFirst()
                .ifPresent(it -> {
                    throw taken(it.name());
                });
        changes.stream().flatMap(it -> it.wanted().stream()).forEach(it -> homes.demand(it.home()));
    }

    /** What to say of a schedule that another installation has made. */
    public static CommandException taken(String name) {
        return new CommandException(
                ExitCode.BAD,
                "the schedule '%s' in Temporal belongs to another installation: it names a repository that this lifeboat.yml does not"
                        .formatted(PREFIX + name),
                ("Give each installation a namespace of its own (temporal.namespace). If the repository was replaced and the"
                                + " schedule is yours, remove it and apply again: temporal schedule delete --schedule-id %s")
                        .formatted(PREFIX + name));
    }

    /** A paused one stays paused, with its reason. */
    private void update(Change change, Instant now) {
        Definition wanted = definition(change.wanted().orElseThrow(), now);
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
