package dev.lifeboat.activities.pulse;

import dev.lifeboat.activities.Failures;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beats for an activity while it works, carries its progress, and tells two ways of being stopped apart. <em>Stop for
 * real</em>: the server says cancelled, paused, reset or gone. <em>Out of touch</em>: nobody heard the beat in time, or
 * this worker is shutting down; work that may finish alone carries on through that, for a while.
 */
public final class Pulse implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Pulse.class);
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);
    private static final ThreadLocal<@Nullable Pulse> CURRENT = new ThreadLocal<>();

    private final Heart heart;
    private final Clock clock;
    private final List<Runnable> whenTold = new ArrayList<>();
    private final Thread beating;

    // Mutable state, guarded by this.
    private Meter meter;
    private Optional<Duration> alone = Optional.empty();
    private Optional<Duration> stalledAfter = Optional.empty();
    private Optional<Long> outOfTouchSince = Optional.empty();
    private long lastAsked;
    private @Nullable RuntimeException told;
    private boolean ended;

    /** Where the seconds come from; monotonic. */
    interface Clock {
        long nanos();
    }

    Pulse(Heart heart, Clock clock, String activity) {
        this.heart = heart;
        this.clock = clock;
        this.meter = new Meter(activity, 0, false, clock.nanos());
        this.beating = Thread.ofPlatform().daemon().name("pulse " + activity).unstarted(this::beatUntilTheEnd);
    }

    static Pulse begin(Heart heart, String activity) {
        Pulse pulse = new Pulse(heart, System::nanoTime, activity);
        CURRENT.set(pulse);
        pulse.beating.start();
        return pulse;
    }

    /** The pulse of the activity that this thread runs. */
    public static Pulse current() {
        Pulse pulse = CURRENT.get();
        if (pulse == null) {
            throw new IllegalStateException("no activity runs on this thread");
        }
        return pulse;
    }

    /** This work may finish without Temporal, for so long; a later attempt adopts what it made. */
    public synchronized void mayFinishAlone(Duration limit) {
        alone = Optional.of(limit);
    }

    /** No progress for so long is a failure of its own kind. */
    public synchronized void stalledAfter(Duration limit) {
        stalledAfter = Optional.of(limit);
    }

    /** Begins to measure {@code what}. {@code total} is 0 if nobody knows it. */
    public synchronized void measure(String what, long total, boolean estimated) {
        meter = new Meter(what, total, estimated, clock.nanos());
    }

    /** How many bytes are done by now. */
    public synchronized void done(long bytes) {
        meter.done(bytes, clock.nanos());
    }

    /** What must happen at once when this activity is told to stop: end the child, close the connection. */
    public void whenTold(Runnable work) {
        synchronized (this) {
            if (told == null) {
                whenTold.add(work);
                return;
            }
        }
        work.run();
    }

    /** Throws what the activity was told, if it was told to stop for real. */
    public synchronized void stopIfTold() {
        if (told != null) {
            throw told;
        }
    }

    /** Lets {@code pause} pass, or less if the activity is told to stop; then it throws. */
    public synchronized void rest(Duration pause) throws InterruptedException {
        long end = clock.nanos() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0 && told == null; left = end - clock.nanos()) {
            wait(Math.max(1, left / 1_000_000));
        }
        stopIfTold();
    }

    /** Why the activity was told to stop, if it was. */
    synchronized Optional<RuntimeException> told() {
        return Optional.ofNullable(told);
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        CURRENT.remove();
    }

    private void beatUntilTheEnd() {
        while (true) {
            beatOnce();
            synchronized (this) {
                if (ended || told != null) {
                    return;
                }
                try {
                    wait(BETWEEN_BEATS.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                if (ended) {
                    return;
                }
            }
        }
    }

    /** One beat, and what follows from its answer. */
    void beatOnce() {
        if (outOfTouch()) {
            stopIfTooLongAlone();
            stopIfNotWantedAnyMore();
        } else {
            try {
                heart.beat(progress());
            } catch (ActivityCompletionException e) {
                hear(e);
            } catch (RuntimeException e) {
                // The next beat may get through; if none does, the SDK says so in its own words.
                log.debug("a heartbeat did not get through", e);
            }
        }
        stopIfStalled();
    }

    private void hear(ActivityCompletionException said) {
        if (!isOutOfTouch(said)) {
            stop(said);
            return;
        }
        synchronized (this) {
            if (alone.isPresent()) {
                outOfTouchSince = Optional.of(clock.nanos());
                lastAsked = clock.nanos();
                log.warn("out of touch with Temporal ({}); the work goes on and can be adopted", said.getMessage());
                return;
            }
        }
        stop(said);
    }

    private boolean isOutOfTouch(ActivityCompletionException said) {
        if (said instanceof ActivityWorkerShutdownException) {
            return true;
        }
        if (said instanceof ActivityCanceledException) {
            return said.getCause() instanceof TimeoutFailure;
        }
        // "Gone" is also what the server says to an attempt whose beat came too late while the next one is due.
        return said instanceof ActivityNotExistsException && isStillWanted();
    }

    private boolean isStillWanted() {
        try {
            return heart.isStillWanted();
        } catch (RuntimeException e) {
            log.debug("could not ask whether the activity is still wanted", e);
            return true;
        }
    }

    private void stopIfTooLongAlone() {
        Optional<RuntimeException> tooLong;
        synchronized (this) {
            Duration limit = alone.orElseThrow();
            boolean over = clock.nanos() - outOfTouchSince.orElseThrow() > limit.toNanos();
            tooLong = over
                    ? Optional.of(Failures.passing(
                            "OUT_OF_TOUCH",
                            "Temporal was not reached for %s".formatted(limit),
                            "see that the Temporal server answers; the step is tried again by itself"))
                    : Optional.empty();
        }
        tooLong.ifPresent(this::stop);
    }

    // The SDK sends no further beat once it has given one up, so the server is asked: it may be back since, and
    // a cancel that came then would else be heard at the end only.
    private void stopIfNotWantedAnyMore() {
        synchronized (this) {
            if (told != null || clock.nanos() - lastAsked < BETWEEN_QUESTIONS.toNanos()) {
                return;
            }
            lastAsked = clock.nanos();
        }
        if (!isStillWanted()) {
            stop(new ActivityCanceledException());
        }
    }

    private void stopIfStalled() {
        Optional<RuntimeException> stalled;
        synchronized (this) {
            stalled = stalledAfter
                    .filter(limit -> clock.nanos() - meter.movedAt() > limit.toNanos())
                    .map(limit -> Failures.passing(
                            "STALLED",
                            "no progress for %s; last seen: %s".formatted(limit, meter.words()),
                            "look for a lock on the server (pg_stat_activity), a full disk, or a dead network"));
        }
        stalled.ifPresent(this::stop);
    }

    private void stop(RuntimeException reason) {
        List<Runnable> work;
        synchronized (this) {
            if (told != null || ended) {
                return;
            }
            told = reason;
            work = List.copyOf(whenTold);
            notifyAll();
        }
        work.forEach(Pulse::runWhateverHappens);
    }

    // One that fails must not keep the others from ending their child or their session.
    private static void runWhateverHappens(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.warn("an activity was told to stop, and one part of it could not be stopped", e);
        }
    }

    private synchronized boolean outOfTouch() {
        return outOfTouchSince.isPresent();
    }

    private synchronized Progress progress() {
        return meter.progress(clock.nanos());
    }
}
