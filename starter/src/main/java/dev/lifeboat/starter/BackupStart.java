package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.RunJson;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.starter.terminal.Words;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.model.Tag;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.util.Optional;

/** Starts a backup under its right, or says whose run has that right and joins it or waits for its end. */
final class BackupStart {

    private static final String RUNBOOK = "BackUpDatabase";

    private final Conventions conventions;
    private final TemporalConnection temporal;
    private final Ending ending;
    private final boolean noWait;

    /**
     * When another run's backup will not do.
     *
     * @param special something is wanted of it that the other run was not asked for
     * @param tag the tag that was asked for, if one was
     */
    record Own(boolean special, Optional<Tag> tag) {

        /** Whether none will do, whatever it was asked for. A release must not rely on a backup from before. */
        boolean isNeededBesideAny() {
            return special || tag.filter(Tag.PRE_DEPLOY::equals).isPresent();
        }

        /** Whether one of that tag will not do: a tag decides how long a backup is kept. */
        boolean isNeededBeside(Optional<String> otherTag) {
            return isNeededBesideAny()
                    || tag.filter(wanted -> !otherTag.equals(Optional.of(wanted.value())))
                            .isPresent();
        }
    }

    BackupStart(Conventions conventions, TemporalConnection temporal, Ending ending, boolean noWait) {
        this.conventions = conventions;
        this.temporal = temporal;
        this.ending = ending;
        this.noWait = noWait;
    }

    /**
     * The run that is there now.
     *
     * @param joined whether somebody else began it, or this user before
     */
    record Begun(RunAddress address, boolean joined) {}

    Begun startOrJoin(BackupRequest request, Own own) {
        while (true) {
            String right = "backup/" + request.database();
            try {
                WorkflowExecution started = temporal.client()
                        .newUntypedWorkflowStub(RUNBOOK, options(right, request))
                        .start(request);
                return new Begun(new RunAddress(right, started.getRunId()), false);
            } catch (WorkflowExecutionAlreadyStarted e) {
                RunAddress other = new RunAddress(right, e.getExecution().getRunId());
                if (joins(other, own)) {
                    return new Begun(other, true);
                }
            }
        }
    }

    private static WorkflowOptions options(String right, BackupRequest request) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(right)
                .setTaskQueue(Queue.CONTROL.taskQueue())
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setStaticSummary("Back up %s (%s), asked for by %s"
                        .formatted(request.database(), request.tag(), request.operator()))
                .build();
    }

    /** Whether the running one will do. If not, returns after its end. */
    private boolean joins(RunAddress address, Own own) {
        RunView other = new Runs(temporal.client()).head(address);
        String since = "%s is already running since %s%s"
                .formatted(
                        other.label(),
                        Words.time(other.started()),
                        other.operator().isEmpty() ? "" : ", started by " + Terminal.clean(other.operator()));
        boolean sameRunbook = other.runbook().equals(RUNBOOK);
        if (sameRunbook && !own.isNeededBeside(tag(other))) {
            conventions.terminal().say(since + (noWait ? ": no second one was started" : ": watching that one"));
            return true;
        }
        if (noWait) {
            throw CommandException.usage(
                    since + ", and --no-wait cannot wait for its end", "Leave --no-wait out, or type it again later.");
        }
        conventions.terminal().say(since + ": waiting for its end, then starting this one");
        ending.follow(address);
        return false;
    }

    private static Optional<String> tag(RunView run) {
        JsonNode tag = RunJson.input(run).path("tag");
        return Optional.of(tag.isTextual() ? tag.asText() : Tag.MANUAL.value());
    }
}
