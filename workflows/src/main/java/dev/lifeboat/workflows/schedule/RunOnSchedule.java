package dev.lifeboat.workflows.schedule;

import dev.lifeboat.workflows.journal.Answer;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Runs a runbook under its right at a point in time. A schedule starts it: the workflow id must begin with
 * {@code on-schedule/<right>/<rhythm>}, and the schedule appends the point.
 */
@WorkflowInterface
public interface RunOnSchedule {

    /** How the ids of the schedules begin that start it; their names follow. */
    String SCHEDULE_PREFIX = "lifeboat/";

    @WorkflowMethod(name = "RunOnSchedule")
    ScheduleReport run(ScheduleRequest request);

    /** What an operator says to a step in trouble. Returns what comes of it, in words. */
    @UpdateMethod(name = "answer", description = "Say retry or abort to a step in trouble")
    String answer(Answer answer);

    @UpdateValidatorMethod(updateName = "answer")
    void mayAnswer(Answer answer);
}
