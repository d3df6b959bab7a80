package dev.lifeboat.workers.month;

import dev.lifeboat.workers.month.Outage.Part;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What was away in a month, and when. */
record Weather(List<Outage> outages) {

    static final Weather FINE = new Weather(List.of());

    boolean isAway(Part part, Instant instant) {
        return outages.stream().anyMatch(it -> it.part() == part && it.covers(instant));
    }

    /** When something goes or comes back, ascending. */
    List<Instant> changes() {
        return outages.stream()
                .flatMap(it -> Stream.of(it.from(), it.until()))
                .sorted()
                .distinct()
                .toList();
    }
}
