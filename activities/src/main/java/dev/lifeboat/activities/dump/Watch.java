package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.configuration.ReadingSettings;
import dev.lifeboat.configuration.ReadingSettings.OnBlocked;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A look every few seconds at who waits for a lock that a dump's keeper holds. */
final class Watch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(15);
    private static final int LOOKS = 4;

    private static final String WAITING = """
            SELECT l.pid, COALESCE(a.application_name, ''), COALESCE(a.usename, a.backend_type, ''),
                   format('%I.%I', n.nspname, c.relname)
            FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            JOIN pg_catalog.pg_class c ON c.oid = l.relation
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT l.granted AND l.locktype = 'relation'
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
              AND ? = ANY (pg_catalog.pg_blocking_pids(l.pid))
            """;

    private final SideSession session;
    private final int process;
    private final ReadingSettings settings;
    private final FirstTrouble trouble;
    private final Thread looking;
    private final CountDownLatch end = new CountDownLatch(1);
    // When each of those who wait was first seen waiting; only the looking thread touches it.
    private final Map<Waiting, Long> seen = new HashMap<>();

    // Guarded by this.
    private final List<Waiting> waitedTooLong = new ArrayList<>();
    private String lookedInVain = "";

    private record Waiting(int pid, String application, String user, String relation) {

        String words(Duration limit) {
            return "'%s' (user '%s') has waited for more than %d s for a lock on %s, which the dump reads"
                    .formatted(application, user, limit.toSeconds(), relation)
                    .replaceAll("\\p{Cntrl}", " ");
        }
    }

    private Watch(SideSession session, int process, ReadingSettings settings, FirstTrouble trouble) {
        this.session = session;
        this.process = process;
        this.settings = settings;
        this.trouble = trouble;
        this.looking = Thread.ofPlatform().daemon().name("watching locks").unstarted(this::lookUntilTheEnd);
    }

    /**
     * Begins to look.
     *
     * @param session what it looks through
     * @param process the server's id of the keeper's process
     */
    static Watch begin(SideSession session, int process, ReadingSettings settings, FirstTrouble trouble) {
        Watch watch = new Watch(session, process, settings, trouble);
        watch.looking.start();
        return watch;
    }

    /** Who waited too long, in one sentence however many they were; and whether nobody looked. */
    synchronized List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!waitedTooLong.isEmpty()) {
            String first = waitedTooLong.getFirst().words(settings.blockedAfter());
            warnings.add(
                    waitedTooLong.size() == 1
                            ? first
                            : "%s; %d more waited as well".formatted(first, waitedTooLong.size() - 1));
        }
        if (!lookedInVain.isEmpty()) {
            warnings.add("nobody could see whether others wait for the dump's locks: " + lookedInVain);
        }
        return warnings;
    }

    @Override
    public void close() throws InterruptedException {
        end.countDown();
        // With a bound: it may hang in a server that has gone.
        looking.join(LONGEST_LOOK);
    }

    private void lookUntilTheEnd() {
        while (!hasEnded()) {
            try {
                judge(session.ask("looking who waits for the dump's locks", this::waiting));
            } catch (ApplicationFailure e) {
                failed(e);
            }
            pause();
        }
    }

    private Set<Waiting> waiting(Connection connection) throws SQLException {
        Set<Waiting> waiting = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(WAITING)) {
            query.setQueryTimeout((int) LONGEST_LOOK.toSeconds());
            query.setInt(1, process);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    waiting.add(new Waiting(row.getInt(1), row.getString(2), row.getString(3), row.getString(4)));
                }
            }
        }
        return waiting;
    }

    private void judge(Set<Waiting> now) {
        long time = System.nanoTime();
        seen.keySet().retainAll(now);
        for (Waiting one : now) {
            long since = seen.computeIfAbsent(one, first -> time);
            if (time - since > settings.blockedAfter().toNanos()) {
                waitsTooLong(one);
            }
        }
    }

    private void waitsTooLong(Waiting one) {
        synchronized (this) {
            if (hasEnded() || waitedTooLong.contains(one)) {
                return;
            }
            waitedTooLong.add(one);
        }
        String words = one.words(settings.blockedAfter());
        if (settings.onBlocked() == OnBlocked.WARN) {
            log.warn("{}", words);
            return;
        }
        trouble.occurred(
                Failures.passing(
                        "GAVE_WAY",
                        "the dump gave way: " + words,
                        "the step is tried again by itself; choose another hour, or say `on-blocked: warn` to let others wait"));
    }

    private synchronized void failed(ApplicationFailure e) {
        if (!hasEnded() && lookedInVain.isEmpty()) {
            lookedInVain = e.getOriginalMessage();
            log.warn("cannot see who waits for the dump's locks; trying again", e);
        }
    }

    private boolean hasEnded() {
        return end.getCount() == 0;
    }

    private void pause() {
        Duration pause = settings.blockedAfter().dividedBy(LOOKS);
        try {
            boolean unused =
                    end.await(Math.clamp(pause.toMillis(), 100, LONGEST_PAUSE.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            end.countDown();
            Thread.currentThread().interrupt();
        }
    }
}
