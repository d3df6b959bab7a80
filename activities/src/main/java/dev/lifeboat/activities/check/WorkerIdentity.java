package dev.lifeboat.activities.check;

/**
 * What a worker calls itself to Temporal: {@code lifeboat@<host>:<pid>:<configuration>}, the last the first twelve
 * characters of its configuration's SHA-256. So workers that differ show in every list of workers.
 */
public final class WorkerIdentity {

    private static final int SHORT = 12;

    private WorkerIdentity() {}

    public static String of(String host, String configuration) {
        return "lifeboat@%s:%d:%s".formatted(host, ProcessHandle.current().pid(), configuration.substring(0, SHORT));
    }

    static boolean hasConfiguration(String identity, String configuration) {
        return identity.endsWith(":" + configuration.substring(0, SHORT));
    }
}
