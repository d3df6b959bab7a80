package dev.lifeboat.workers.http;

import java.util.Optional;

/** What a worker can be asked over HTTP; asked by several threads at once. */
public interface WorkerStatus {

    /** All figures, in the text format that Prometheus reads. */
    String metrics();

    /** Why the process should be ended and started again, if so. Temporal's absence is no reason: that would not mend it. */
    Optional<String> illness();

    /** Why it is of no use at this moment, if so; may take two seconds. */
    Optional<String> hindrance();
}
