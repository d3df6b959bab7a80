package dev.lifeboat.workflows;

import io.temporal.common.converter.DataConverterException;

/**
 * The input of a run is not a request of its runbook. Workers let it fail the run: everything else that goes wrong in our
 * code blocks a run until a fix comes, but no fix would make this input readable.
 */
public final class UnreadableRequest extends DataConverterException {

    private static final long serialVersionUID = 1L;

    UnreadableRequest(String problem) {
        super(problem);
    }
}
