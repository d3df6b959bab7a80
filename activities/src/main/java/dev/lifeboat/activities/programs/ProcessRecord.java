package dev.lifeboat.activities.programs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * One process of the operating system, known by id and start time, because ids are used again.
 *
 * @param started when it started, UTC; to the second or so
 */
record ProcessRecord(long pid, Instant started) {

    // The start is computed from the boot time, which moves a little when the clock is set.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static ProcessRecord of(ProcessHandle handle) {
        return new ProcessRecord(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Throws {@code IllegalArgumentException} or {@code DateTimeParseException} if there is none. */
    static ProcessRecord read(Properties properties, String prefix) {
        return new ProcessRecord(
                Long.parseLong(properties.getProperty(prefix + ".pid", "")),
                Instant.parse(properties.getProperty(prefix + ".started", "")));
    }

    void write(Properties properties, String prefix) {
        properties.setProperty(prefix + ".pid", Long.toString(pid));
        properties.setProperty(prefix + ".started", started.toString());
    }

    /** The process, if it still runs and is not another one that got the same id. */
    Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isTheSame);
    }

    private boolean isTheSame(ProcessHandle handle) {
        return handle.info()
                .startInstant()
                .map(now -> Duration.between(started, now).abs().compareTo(TOLERANCE) <= 0)
                .orElse(false);
    }
}
