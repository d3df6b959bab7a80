package dev.lifeboat.workflows;

import java.util.List;

/**
 * A task queue of Temporal, and what its worker must hold. An activity interface belongs to exactly one queue, so the
 * worker that dumps cannot decrypt, and the worker that decides holds no key at all.
 */
public enum Queue {
    /** Runbooks, policy, reports, messages. Holds nothing secret but the keys of notification. */
    CONTROL("lifeboat"),
    /** Dump, read back, commit. Holds database passwords and the right to add to a repository; no age identity. */
    WRITE("lifeboat-write"),
    /** Verify and restore. Holds the age identity and the right to read. */
    READ("lifeboat-read"),
    /** Sweep and retention. Holds the right to delete. */
    DELETE("lifeboat-delete");

    private static final String HOST_PREFIX = "lifeboat-host-";

    private final String taskQueue;

    Queue(String taskQueue) {
        this.taskQueue = taskQueue;
    }

    /** The name of the task queue in Temporal. */
    public String taskQueue() {
        return taskQueue;
    }

    /** The role of a worker that serves this queue, as {@code lifeboat worker --roles} takes it. */
    public String role() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The task queue of one machine, for what must happen on its disk. Every worker serves its own host's. */
    public static String ofHost(String host) {
        return HOST_PREFIX + host;
    }

    public static List<Queue> all() {
        return List.of(values());
    }
}
