package dev.lifeboat.starter.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The words for a step's progress: how much, how fast, how much longer. Speed is that of the last ten seconds. */
public final class ProgressText {

    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final double NANOS = 1e9;
    // Less than this apart, the speed would be mostly noise.
    private static final long LEAST_NANOS = 500_000_000L;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private String what = "";

    /** {@code 1.2 GiB of about 3.4 GiB · 120.0 MiB/s · about 19 s left}. */
    public String of(Progress progress, long nanoTime) {
        remember(progress, nanoTime);
        List<String> parts = new ArrayList<>();
        parts.add(amount(progress));
        OptionalDouble speed = speed();
        speed.ifPresent(it -> parts.add(amount((long) it, progress.unit()) + "/s"));
        if (speed.isPresent() && speed.getAsDouble() >= 1 && progress.total() > progress.done()) {
            long seconds = Math.round((progress.total() - progress.done()) / speed.getAsDouble());
            String left = seconds < 60 ? seconds + " s" : Words.duration(Duration.ofSeconds(seconds));
            parts.add((progress.totalIsEstimate() ? "about " : "") + left + " left");
        }
        String words = String.join(" · ", parts);
        return progress.what().isEmpty() ? words : Terminal.clean(progress.what()) + " " + words;
    }

    private void remember(Progress progress, long nanoTime) {
        boolean begunAgain = !samples.isEmpty() && samples.getLast().done() > progress.done();
        if (begunAgain || !progress.what().equals(what)) {
            samples.clear();
            what = progress.what();
        }
        // A look without news says nothing about the speed since the last heartbeat.
        if (samples.isEmpty() || samples.getLast().done() != progress.done()) {
            samples.addLast(new Sample(nanoTime, progress.done()));
        }
        while (samples.size() > 2 && nanoTime - samples.getFirst().nanoTime() > WINDOW_NANOS) {
            samples.removeFirst();
        }
    }

    private OptionalDouble speed() {
        if (samples.size() < 2) {
            return OptionalDouble.empty();
        }
        long nanos = samples.getLast().nanoTime() - samples.getFirst().nanoTime();
        long done = samples.getLast().done() - samples.getFirst().done();
        return nanos < LEAST_NANOS ? OptionalDouble.empty() : OptionalDouble.of(done / (nanos / NANOS));
    }

    private static String amount(Progress progress) {
        String done = amount(progress.done(), progress.unit());
        if (progress.total() <= 0) {
            return done;
        }
        String about = progress.totalIsEstimate() ? "about " : "";
        return done + " of " + about + amount(progress.total(), progress.unit());
    }

    private static String amount(long amount, String unit) {
        if (unit.equals("bytes")) {
            return Words.bytes(amount);
        }
        return String.format(Locale.ROOT, "%,d", amount) + (unit.isEmpty() ? "" : " " + Terminal.clean(unit));
    }

    private record Sample(long nanoTime, long done) {}
}
