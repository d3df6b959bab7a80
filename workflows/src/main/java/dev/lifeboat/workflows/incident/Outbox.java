package dev.lifeboat.workflows.incident;

import dev.lifeboat.workflows.activity.DeliveryActivities.Delivered;
import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be told and has reached nobody yet, and who was told so far. A newer message replaces an older one that
 * nobody got. That it is over is owed to each channel that was told.
 */
final class Outbox {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int DOUBLINGS = 6;

    /** So long it is tried to tell the last ones that it is over. */
    private static final Duration LAST_WORDS = Duration.ofDays(1);

    private final Set<String> told = new LinkedHashSet<>();
    private final Set<String> owed = new LinkedHashSet<>();
    private Optional<Kind> message = Optional.empty();
    private Instant first = Instant.EPOCH;
    private Instant due = Instant.EPOCH;
    private int tries;
    private int messages;

    void put(Kind kind, Instant now) {
        message = Optional.of(kind);
        messages++;
        tries = 0;
        first = now;
        due = now;
        owed.clear();
        if (kind == Kind.OVER) {
            owed.addAll(told);
        }
    }

    /** What to tell now, if anything. */
    Optional<Kind> due(Instant now) {
        return now.isBefore(due) ? Optional.empty() : message;
    }

    /** When something is to be tried again. */
    Optional<Instant> next() {
        return message.map(it -> due);
    }

    boolean isEmpty() {
        return message.isEmpty();
    }

    /** Remembers what came of a try. */
    void note(Delivered delivered, Instant now) {
        tries++;
        told.addAll(delivered.told());
        told.addAll(delivered.unclear());
        delivered.told().forEach(owed::remove);
        boolean nobodyToTell =
                delivered.unclear().isEmpty() && delivered.failed().isEmpty();
        if (nobodyToTell || isDone(delivered, now)) {
            message = Optional.empty();
            return;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, DOUBLINGS));
        due = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    /** Whom this message is owed to; empty where the route says it. */
    List<String> channels() {
        return List.copyOf(owed);
    }

    boolean isRepeated() {
        return tries > 0;
    }

    int messages() {
        return messages;
    }

    List<String> told() {
        return List.copyOf(told);
    }

    private boolean isDone(Delivered delivered, Instant now) {
        boolean tooLate = !now.isBefore(first.plus(LAST_WORDS));
        return switch (message.orElseThrow()) {
            // Points that were missed are told together with their end: not even that may be lost.
            case OVER -> tooLate || (owed.isEmpty() && !told.isEmpty());
            case CLOSED -> !delivered.told().isEmpty() || tooLate;
            case BEGAN, FAILED, WORSE, REMINDER -> !delivered.told().isEmpty();
        };
    }
}
