package dev.lifeboat.workflows.check;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Tries everything a night's work will need, where the workers are. The workflow id must be {@code check/setup}. */
@WorkflowInterface
public interface CheckSetup {

    @WorkflowMethod(name = "CheckSetup")
    CheckReport run(CheckRequest request);
}
