package dev.lifeboat.workflows;

import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run may do alone, such as {@code backup/orders}. The workflow id is the right: so Temporal itself refuses a
 * second run of it.
 */
public final class Right {

    private static final String NAME = "[a-z0-9][a-z0-9_-]{0,62}";
    private static final String TIMED = "-\\d{8}T\\d{6}Z-[0-9a-z]{4}";
    private static final String BACKUP = NAME + TIMED;

    /** A backup in a repository. */
    public record BackupPlace(String backup, String repository) {}

    private Right() {}

    /**
     * Makes sure, in workflow code, that this run has the right {@code verb/target}, and returns the run's name, which is
     * the same again after a reset.
     *
     * @throws io.temporal.failure.ApplicationFailure of type {@code WRONG_RIGHT} if it has another workflow id
     */
    public static RunName demand(String verb, String target) {
        refuseOtherThan(
                NAME, target, "a name of lifeboat.yml", "names are lower-case letters, digits, - and _, at most 63");
        return demand(verb, target, "start it with lifeboat %s, or with ".formatted(verb));
    }

    /** The same for the right {@code verb/backup/repository}. */
    public static RunName demand(String verb, BackupPlace place) {
        refuseOtherThan(BACKUP, place.backup(), "the id of a backup", "'lifeboat backups' lists them");
        refuseOtherThan(NAME, place.repository(), "a name of lifeboat.yml", "'lifeboat copies' shows the repositories");
        return demand(verb, place.backup() + "/" + place.repository(), "start it with ");
    }

    /** The database that a backup of that id is of. */
    public static String database(String backup) {
        return backup.replaceFirst(TIMED + "$", "");
    }

    /** The same for the right {@code incident/about}, where {@code about} is itself a right. */
    public static RunName demandIncident(String about) {
        if (!RunName.isRight(about)) {
            throw FailureType.WRONG_RIGHT.because(
                    "'%s' is nothing that an incident can be about".formatted(readable(about)),
                    "it is the right of what is in trouble, such as backup/orders");
        }
        return demand("incident", about, "start it with ");
    }

    /**
     * The same for a run that a schedule started, whose workflow id begins with {@code on-schedule/<right>/<rhythm>} and
     * ends with the point in time.
     */
    public static RunName demandOnSchedule(String right, String rhythm) {
        refuseOtherThan(
                "[a-z]+/" + NAME, right, "a right that can be run on a schedule", "one looks like backup/orders");
        refuseOtherThan(NAME, rhythm, "a rhythm", "one is daily");
        String schedule = right + "/" + rhythm;
        String prefix = "on-schedule/" + schedule;
        WorkflowInfo info = Workflow.getInfo();
        if (!info.getWorkflowId().matches(Pattern.quote(prefix) + "(-\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z)?")) {
            throw FailureType.WRONG_RIGHT.because(
                    "this run needs a workflow id that begins with '%s' and has '%s'"
                            .formatted(prefix, readable(info.getWorkflowId())),
                    "let a schedule start it: lifeboat schedules apply, lifeboat schedules trigger");
        }
        return RunName.of(
                "schedule",
                schedule,
                Instant.ofEpochMilli(info.getRunStartedTimestampMillis()),
                info.getFirstExecutionRunId());
    }

    private static RunName demand(String verb, String target, String hint) {
        WorkflowInfo info = Workflow.getInfo();
        String right = verb + "/" + target;
        if (!info.getWorkflowId().equals(right)) {
            throw FailureType.WRONG_RIGHT.because(
                    "this run needs the workflow id '%s' and has '%s'".formatted(right, readable(info.getWorkflowId())),
                    "%s--workflow-id %s".formatted(hint, right));
        }
        Instant start = Instant.ofEpochMilli(info.getRunStartedTimestampMillis());
        return RunName.of(verb, target, start, info.getFirstExecutionRunId());
    }

    /** What was asked; a run that was started without any input fails in words. */
    public static <T> T asked(@Nullable T request, String example) {
        if (request == null) {
            throw FailureType.CONFIGURATION.because("the run has no input", "start it again with " + example);
        }
        return request;
    }

    private static void refuseOtherThan(String shape, String text, String what, String hint) {
        if (!text.matches(shape)) {
            throw FailureType.WRONG_RIGHT.because("'%s' is not %s".formatted(readable(text), what), hint);
        }
    }

    private static String readable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 100 ? clean : clean.substring(0, 100) + "…";
    }
}
