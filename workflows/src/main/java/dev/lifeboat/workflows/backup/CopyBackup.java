package dev.lifeboat.workflows.backup;

import dev.lifeboat.workflows.journal.Answer;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Copies one committed backup to one further repository. The workflow id must be {@code copy/<backup>/<repository>}. */
@WorkflowInterface
public interface CopyBackup {

    @WorkflowMethod(name = "CopyBackup")
    CopyReport run(CopyRequest request);

    /** What an operator says to a step in trouble. Returns what comes of it, in words. */
    @UpdateMethod(name = "answer", description = "Say retry, skip or abort to a step in trouble")
    String answer(Answer answer);

    @UpdateValidatorMethod(updateName = "answer")
    void mayAnswer(Answer answer);
}
