package dev.lifeboat.workers.metrics;

import dev.lifeboat.repository.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good reading of one repository, kept fresh by a thread of its own: a scrape takes what there is and never
 * waits for a store.
 */
final class Readings implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Readings.class);
    /** However long the reading takes: alarms go by what was read. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** A repository that takes long to read is not kept busy by us alone. */
    private static final int REST = 10;

    private final String name;
    private final RepositoryReader reader;
    private final InstantSource clock;
    private final Thread thread;
    private volatile Optional<RepositoryReading> last = Optional.empty();
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean tried;

    /** Reads nothing until it is started. */
    Readings(String name, RepositoryReader reader, InstantSource clock) {
        this.name = name;
        this.reader = reader;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("figures of " + name).unstarted(this::readOn);
    }

    Readings start() {
        thread.start();
        return this;
    }

    /** Of the repository, in {@code lifeboat.yml}. */
    String name() {
        return name;
    }

    /** The last reading that succeeded. */
    Optional<RepositoryReading> last() {
        return last;
    }

    /** Adds what is known of the repository itself. */
    void add(Instant now, Samples samples) {
        if (tried) {
            samples.add(Family.REPOSITORY_READABLE, trouble.isEmpty(), name);
        }
        last.ifPresent(reading -> {
            samples.add(Family.REPOSITORY_READ_AGE, Duration.between(reading.begun(), now), name);
            samples.add(Family.REPOSITORY_READ_DURATION, reading.took(), name);
            samples.add(Family.REPOSITORY_DAMAGED, reading.damaged(), name);
            reading.free().ifPresent(bytes -> samples.add(Family.REPOSITORY_FREE, bytes, name));
        });
    }

    /** Reads once; what cannot be read leaves the last good reading as it is. */
    void readOnce() {
        try {
            last = Optional.of(reader.read(clock.instant()));
            trouble.ifPresent(over -> log.info("repository '{}' can be read again", name));
            trouble = Optional.empty();
        } catch (StoreException | IllegalStateException e) {
            note(Objects.toString(e.getMessage(), e.getClass().getSimpleName()));
        } catch (RuntimeException e) {
            note(e.toString());
        } finally {
            tried = true;
        }
    }

    private void note(String why) {
        if (trouble.isEmpty()) {
            log.warn("repository '{}' cannot be read for the metrics: {}", name, why);
        }
        trouble = Optional.of(why);
    }

    private void readOn() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long began = System.nanoTime();
                readOnce();
                Duration rest = Duration.ofNanos(System.nanoTime() - began).multipliedBy(REST);
                Thread.sleep(Collections.max(List.of(PAUSE, Collections.min(List.of(rest, LONGEST)))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
