package dev.lifeboat.workers;

/** A worker process. */
public final class WorkerApplication {

    private WorkerApplication() {}

    public static void main(String[] arguments) {}
}
