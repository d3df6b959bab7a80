package dev.lifeboat.workers.month;

import dev.lifeboat.workers.judgement.Outage.Part;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import java.util.Set;

/** Whose absence a notice speaks of. */
final class Blame {

    private Blame() {}

    static Set<Part> of(Notice notice) {
        if (notice.happened().contains(World.NO_DATABASE)) {
            return Set.of(Part.DATABASE);
        }
        if (notice.happened().startsWith("the repository's folder")
                || notice.happened().startsWith("nobody could look")) {
            return Set.of(Part.REPOSITORY);
        }
        return Set.of(Part.values());
    }
}
