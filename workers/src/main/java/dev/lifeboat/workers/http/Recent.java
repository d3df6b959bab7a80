package dev.lifeboat.workers.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * An answer that costs something, worked out once in three seconds at most and by one thread: whoever reaches the port can
 * ask as often as he likes and keeps nobody busy. Used by several threads at once.
 */
final class Recent<T> {

    private static final long FRESH = Duration.ofSeconds(3).toNanos();

    /** While one works out the next answer, the others get the last one, unless it is as old as this. */
    private static final long STALE = Duration.ofSeconds(30).toNanos();

    private final Supplier<T> work;
    private final LongSupplier nanoTime;
    private final ReentrantLock working = new ReentrantLock();
    private volatile Optional<Answer<T>> last = Optional.empty();

    /** @param nanoTime a clock that only goes forward */
    Recent(Supplier<T> work, LongSupplier nanoTime) {
        this.work = work;
        this.nanoTime = nanoTime;
    }

    /** The answer; throws what working it out throws. */
    T get() {
        Optional<Answer<T>> known = last;
        if (known.isPresent() && isYoungerThan(FRESH, known.get())) {
            return known.get().value();
        }
        if (known.isPresent() && isYoungerThan(STALE, known.get())) {
            if (!working.tryLock()) {
                return known.get().value();
            }
        } else {
            working.lock();
        }
        try {
            return workOut();
        } finally {
            working.unlock();
        }
    }

    private T workOut() {
        // Whoever waited for the lock finds what the other one worked out.
        Optional<Answer<T>> known = last;
        if (known.isPresent() && isYoungerThan(FRESH, known.get())) {
            return known.get().value();
        }
        T value = work.get();
        last = Optional.of(new Answer<>(value, nanoTime.getAsLong()));
        return value;
    }

    private boolean isYoungerThan(long limit, Answer<T> answer) {
        return nanoTime.getAsLong() - answer.since() < limit;
    }

    private record Answer<T>(T value, long since) {}
}
