package dev.lifeboat.activities.pulse;

import io.temporal.client.ActivityCanceledException;

/** The pulse of an activity without a Temporal server, current on the thread that began it. */
public final class TestPulse implements AutoCloseable {

    private final TestHeart heart = new TestHeart();
    private final Pulse pulse = Pulse.begin(heart, "test");

    public Pulse pulse() {
        return pulse;
    }

    /** The server says that the activity was cancelled; returns when the activity was told. */
    public void cancel() {
        heart.answersEveryBeatWith(new ActivityCanceledException());
        pulse.beatOnce();
    }

    @Override
    public void close() {
        pulse.close();
    }
}
