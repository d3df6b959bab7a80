package dev.lifeboat.workflows.backup;

import dev.lifeboat.workflows.journal.Answer;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Makes one backup of one database and commits it. The workflow id must be {@code backup/<database>}; the input may be
 * the database's name alone.
 */
@WorkflowInterface
public interface BackUpDatabase {

    @WorkflowMethod(name = "BackUpDatabase")
    BackupReport run(BackupRequest request);

    /** What an operator says to a step in trouble. Returns what comes of it, in words. */
    @UpdateMethod(name = "answer", description = "Say retry, skip or abort to a step in trouble")
    String answer(Answer answer);

    @UpdateValidatorMethod(updateName = "answer")
    void mayAnswer(Answer answer);
}
