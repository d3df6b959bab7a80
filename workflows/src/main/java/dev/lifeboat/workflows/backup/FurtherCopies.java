package dev.lifeboat.workflows.backup;

import static java.util.stream.Collectors.joining;

import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.Activities;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.BackupPolicy;
import dev.lifeboat.workflows.activity.CopyActivities;
import dev.lifeboat.workflows.activity.CopyActivities.Copied;
import dev.lifeboat.workflows.journal.Trouble;
import dev.lifeboat.workflows.model.Copy;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The copies of a backup in the further repositories: required ones are made by the run itself, for optional ones it
 * only starts runs of their own.
 */
final class FurtherCopies {

    private final CopyActivities activities = Activities.copy();
    private final BackupOrder order;
    private final BackupRequest request;
    private final BackupPolicy policy;
    private final Map<String, Copy> copies = new LinkedHashMap<>();

    FurtherCopies(BackupOrder order, BackupRequest request, BackupPolicy policy) {
        this.order = order;
        this.request = request;
        this.policy = policy;
        policy.required().forEach(it -> copies.put(it, new Copy(it, true, Copy.State.MISSING, "")));
        policy.optional().forEach(it -> copies.put(it, new Copy(it, false, Copy.State.MISSING, "")));
    }

    boolean none() {
        return copies.isEmpty();
    }

    /** Makes what is missing; may be repeated. Throws the first failure, after all have ended. */
    void make() {
        missing(policy.optional()).forEach(this::start);
        Map<String, Promise<Copied>> under = new LinkedHashMap<>();
        missing(policy.required()).forEach(it -> under.put(it, Async.function(activities::copyTo, order, it)));
        List<ActivityFailure> failures = new ArrayList<>();
        under.forEach((repository, copy) -> {
            try {
                copy.get();
                note(repository, Copy.State.HERE, "");
            } catch (ActivityFailure e) {
                note(repository, Copy.State.MISSING, Trouble.problem(e));
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /** The home repository and all others. */
    List<Copy> all() {
        List<Copy> all = new ArrayList<>(List.of(new Copy(order.repository(), true, Copy.State.HERE, "")));
        all.addAll(copies.values());
        return all;
    }

    /** Such as {@code 1 of 2 copies}. */
    String count() {
        long here = all().stream().filter(it -> it.state() == Copy.State.HERE).count();
        return "%d of %d copies".formatted(here, all().size());
    }

    /** What there is, and what is not, in one sentence; for the report of a run that stopped early. */
    String inWords() {
        String missing = copies.values().stream()
                .filter(it -> it.state() != Copy.State.HERE)
                .map(it ->
                        "'%s' %s".formatted(it.repository(), it.state() == Copy.State.MISSING ? "has none" : it.note()))
                .collect(joining(", "));
        return "backup '%s' was committed and stands in '%s' (%s)%s"
                .formatted(order.backup(), order.repository(), count(), missing.isEmpty() ? "" : ": " + missing);
    }

    /** The required repositories that have it. */
    List<String> made() {
        return policy.required().stream()
                .filter(it -> state(it) == Copy.State.HERE)
                .toList();
    }

    /** The required repositories that have none, for a sentence. */
    String lacking() {
        return missing(policy.required()).stream().map("'%s'"::formatted).collect(joining(", "));
    }

    /** Hands the copy to a run that outlives this one. Nothing that goes wrong here holds the backup up. */
    private void start(String repository) {
        CopyRequest copy =
                new CopyRequest(order.backup(), repository, Optional.of(order.repository()), request.operator());
        CopyBackup run = Workflow.newChildWorkflowStub(
                CopyBackup.class,
                ChildWorkflowOptions.newBuilder()
                        .setWorkflowId(copy.right())
                        .setTaskQueue(Queue.CONTROL.taskQueue())
                        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                        .setCancellationType(ChildWorkflowCancellationType.ABANDON)
                        .setStaticSummary("Copy %s to %s".formatted(order.backup(), repository))
                        .build());
        Async.function(run::run, copy);
        try {
            Workflow.getWorkflowExecution(run).get();
            note(repository, Copy.State.UNDER_WAY, "is on its way by the run " + copy.right());
        } catch (ChildWorkflowFailure e) {
            boolean already = e.getCause() instanceof WorkflowExecutionAlreadyStarted;
            note(
                    repository,
                    already ? Copy.State.UNDER_WAY : Copy.State.MISSING,
                    already ? "is on its way by the run " + copy.right() : Trouble.problem(e));
        }
    }

    private List<String> missing(List<String> repositories) {
        return repositories.stream()
                .filter(it -> state(it) == Copy.State.MISSING)
                .toList();
    }

    private Copy.State state(String repository) {
        return Optional.ofNullable(copies.get(repository)).map(Copy::state).orElse(Copy.State.UNKNOWN);
    }

    private void note(String repository, Copy.State state, String note) {
        boolean required = policy.required().contains(repository);
        copies.put(repository, new Copy(repository, required, state, note));
    }
}
