package dev.lifeboat.repository;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The word of one run that it alone works on a database, also for runs that another Temporal server keeps: who finds a
 * later one of another run stops for good.
 *
 * @param run the run's name
 * @param right what it may do alone, such as {@code backup/orders}
 * @param origin which Temporal keeps it: cluster and namespace, or {@link #UNKNOWN}
 * @param started when the run started (UTC)
 * @param expires from when on (UTC) an unfinished run of another origin holds nobody up any more
 * @param takeOver whose claim a person set aside with this one
 */
public record Claim(
        String run, String right, String origin, Instant started, Instant expires, Optional<TakeOver> takeOver) {

    /** The origin of a run whose Temporal does not say which one it is; no two of them count as the same. */
    public static final String UNKNOWN = "unknown";

    static final int FORMAT = 1;

    private static final String PRINTABLE = "[^\\p{Cntrl}]{1,300}";

    public Claim {
        requireNonNull(takeOver, "takeOver");
        Layout.report(run); // refuses what is not the name of a run
        check(right, "right");
        check(origin, "origin");
        Moments.check(started, "started");
        Moments.check(expires, "expires");
    }

    /**
     * That a person set another run's claim aside.
     *
     * @param run the name of that run
     * @param operator who
     * @param reason why, in that person's words
     */
    public record TakeOver(String run, String operator, String reason) {

        public TakeOver {
            Layout.report(run);
            check(operator, "operator");
            check(reason, "reason");
        }
    }

    /** The same, but expiring no later than {@code latest}. */
    Claim untilAtMost(Instant latest) {
        return expires.isAfter(latest) ? new Claim(run, right, origin, started, latest, takeOver) : this;
    }

    boolean isOfSameOrigin(Claim other) {
        return !origin.equals(UNKNOWN) && origin.equals(other.origin);
    }

    boolean setsAside(Claim other) {
        return takeOver.filter(it -> it.run().equals(other.run)).isPresent();
    }

    /** The backup that the run makes; empty if it makes none. */
    Optional<BackupId> backup() {
        String verb = "backup-";
        return run.startsWith(verb) ? Optional.of(new BackupId(run.substring(verb.length()))) : Optional.empty();
    }

    // What is read here is shown to people: a stored document must not paint their terminals.
    private static void check(String text, String name) {
        if (!requireNonNull(text, name).matches(PRINTABLE)) {
            throw new IllegalArgumentException("'%s' is not 1 to 300 printable characters".formatted(name));
        }
    }
}
