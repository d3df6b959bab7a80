package dev.lifeboat.workers.judgement;

import dev.lifeboat.workers.judgement.Outage.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was away, and when. */
public record Weather(List<Outage> outages) {

    public static final Weather FINE = new Weather(List.of());

    private static final Set<Part> WHO_SAYS_IT = Set.of(Part.WORKER, Part.SERVER);

    public Set<Part> away(Instant instant) {
        return outages.stream()
                .filter(it -> it.covers(instant))
                .map(Outage::part)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** When something goes or comes back, ascending. */
    public List<Instant> changes() {
        return outages.stream()
                .flatMap(it -> Stream.of(it.from(), it.until()))
                .sorted()
                .distinct()
                .toList();
    }

    /** Whether one of those parts was away at some time between. */
    boolean hurt(Set<Part> parts, Instant from, Instant until) {
        return outages.stream().filter(it -> parts.contains(it.part())).anyMatch(it -> it.meets(from, until));
    }

    /**
     * The earliest instant at which that may have happened which was said at {@code said}, if it is said {@code within} some
     * time of those who work: nobody says anything while workers or the server are away.
     */
    Instant earliest(Instant said, Duration within) {
        Instant earliest = said.minus(within);
        while (true) {
            Instant here = earliest;
            Instant before = outages.stream()
                    .filter(it -> WHO_SAYS_IT.contains(it.part()) && it.meets(here, said))
                    .map(it -> it.from().minus(within))
                    .min(Comparator.naturalOrder())
                    .orElse(here);
            if (!before.isBefore(here)) {
                return here;
            }
            earliest = before;
        }
    }

    /** One line an outage, in order. */
    @Override
    public String toString() {
        return outages.stream()
                .sorted(Comparator.comparing(Outage::from))
                .map(it -> "\n  %s from %s until %s".formatted(it.part(), it.from(), it.until()))
                .collect(Collectors.joining());
    }
}
