package dev.lifeboat.starter;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.schedules.Change;
import dev.lifeboat.starter.schedules.PresentSchedule;
import dev.lifeboat.starter.schedules.Schedules;
import dev.lifeboat.starter.schedules.WantedSchedule;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.Words;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.schedule.Pause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the schedules in Temporal are such that the next night happens. What keeps a backup from being made fails; what
 * only should not be there any more is a warning.
 */
final class ScheduleFindings {

    private static final String CHECK = "it is in Temporal as in lifeboat.yml";
    private static final String APPLY = "lifeboat schedules apply";

    private final List<Finding> found = new ArrayList<>();

    private ScheduleFindings() {}

    /** What there is to say of each; nothing where nothing is on a schedule. */
    static List<Finding> of(Settings settings, TemporalConnection temporal, Instant now) {
        ScheduleFindings findings = new ScheduleFindings();
        List<WantedSchedule> wanted = WantedSchedule.of(settings);
        try {
            Schedules schedules = new Schedules(temporal, Places.homes(settings));
            findings.compare(wanted, schedules.present(wanted).ours(), schedules.differences(wanted, now));
        } catch (CommandException e) {
            if (!wanted.isEmpty()) {
                findings.add("schedules", Verdict.INCONCLUSIVE, String.valueOf(e.getMessage()), e.hint());
            }
        }
        return List.copyOf(findings.found);
    }

    private void compare(List<WantedSchedule> wanted, List<PresentSchedule> present, List<Change> changes) {
        changes.forEach(this::different);
        for (PresentSchedule schedule : present) {
            String name = schedule.name();
            if (schedule.isPaused()) {
                found.add(new Finding(
                        subject(name),
                        "it is not paused",
                        Verdict.FAIL,
                        "%s, so nothing is made".formatted(words(schedule.pause())),
                        "lifeboat schedules resume " + name));
            }
        }
        long different =
                changes.stream().filter(it -> it.kind() != Change.Kind.REMOVE).count();
        if (different < wanted.size()) {
            add("schedules", Verdict.PASS, "%d of %d".formatted(wanted.size() - different, wanted.size()), "");
        }
    }

    private void different(Change change) {
        String subject = subject(change.name());
        String why = String.join(", ", change.why());
        switch (change.kind()) {
            case CREATE -> add(subject, Verdict.FAIL, "Temporal does not have it, so nothing is made", APPLY);
            case UPDATE -> add(subject, Verdict.FAIL, "it differs: " + why, APPLY);
            case REMOVE ->
                add(subject, Verdict.WARN, "it is in Temporal, and not in lifeboat.yml", APPLY + " removes it");
            case UNKNOWN -> add(subject, Verdict.INCONCLUSIVE, why, "mend that, and type the same again");
            case TAKEN -> {
                CommandException taken = Schedules.taken(change.name());
                add(subject, Verdict.FAIL, String.valueOf(taken.getMessage()), taken.hint());
            }
        }
    }

    private void add(String subject, Verdict verdict, String detail, String hint) {
        found.add(new Finding(subject, CHECK, verdict, detail, hint));
    }

    private static String subject(String name) {
        return "schedules." + name;
    }

    /** Since when it is paused, by whom and why, as far as that was said. */
    static String words(Pause pause) {
        Optional<String> since = pause.since()
                .map(it -> "paused since %s by %s: %s".formatted(Words.time(it), pause.by(), pause.reason()));
        return since.orElseGet(() -> pause.reason().isEmpty() ? "paused" : "paused: " + pause.reason());
    }
}
