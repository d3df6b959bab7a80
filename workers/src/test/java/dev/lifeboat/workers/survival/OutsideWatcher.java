package dev.lifeboat.workers.survival;

import java.time.Duration;
import java.time.Instant;
import java.util.Timer;
import java.util.TimerTask;

/** Whoever listens outside: alarms when nobody called for longer than his patience, and goes on alarming. */
final class OutsideWatcher implements AutoCloseable {

    /** Whom they call. */
    final Receiver receiver = new Receiver();

    private final Duration patience;
    private final Timer timer = new Timer("watcher outside", true);
    private int heard;
    private Instant lastCall = Instant.MAX;
    private volatile boolean alarmed;

    /** Begins to watch with the first call. */
    OutsideWatcher(Duration patience) {
        this.patience = patience;
        TimerTask task = new TimerTask() {
            @Override
            public void run() {
                look();
            }
        };
        timer.schedule(task, 0, 50);
    }

    boolean alarmed() {
        return alarmed;
    }

    @Override
    public void close() {
        timer.cancel();
        receiver.close();
    }

    private void look() {
        Instant now = Instant.now();
        if (receiver.told.size() > heard) {
            heard = receiver.told.size();
            lastCall = now;
        } else if (heard > 0 && now.isAfter(lastCall.plus(patience))) {
            alarmed = true;
        }
    }
}
