package dev.lifeboat.workflows.verify;

import dev.lifeboat.workflows.journal.Answer;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Looks at all backups of a database. The workflow id must be {@code verify/<database>}. */
@WorkflowInterface
public interface VerifyBackups {

    @WorkflowMethod(name = "VerifyBackups")
    VerifyReport run(VerifyRequest request);

    /** What an operator says to a step in trouble. Returns what comes of it, in words. */
    @UpdateMethod(name = "answer", description = "Say retry, skip or abort to a step in trouble")
    String answer(Answer answer);

    @UpdateValidatorMethod(updateName = "answer")
    void mayAnswer(Answer answer);
}
