package dev.lifeboat.workers.month;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.workers.judgement.Outage.Part;
import java.util.Set;

/** What is away just now. */
final class World {

    static final String NO_DATABASE = "the server does not answer";

    private volatile Set<Part> away = Set.of();

    void isAway(Set<Part> parts) {
        away = parts;
    }

    boolean isAway(Part part) {
        return away.contains(part);
    }

    Set<Part> away() {
        return away;
    }

    boolean isWhole() {
        return away.isEmpty();
    }

    void askTheDatabase() {
        if (isAway(Part.DATABASE)) {
            throw Failures.passing("NO_SERVER", NO_DATABASE, "start it");
        }
    }
}
