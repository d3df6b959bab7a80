package dev.lifeboat.workers.month;

import dev.lifeboat.workers.judgement.Outage;
import dev.lifeboat.workers.judgement.Outage.Part;
import dev.lifeboat.workers.judgement.Weather;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The weather of a month, drawn from a seed: outages of each part, short ones as likely as long ones, and a very long one. */
final class Forecast {

    private static final int OF_EACH = 4;
    private static final double SHORTEST_MINUTES = 3;
    private static final double LONGEST_MINUTES = 24 * 60;

    /** What no month may be without, by bad luck: two nights in a row, and longer than any catch-up window of a day. */
    private static final Duration LEAST_OF_LONG = Duration.ofHours(49);

    private static final Duration MOST_OF_LONG = Duration.ofDays(3);

    /** The first backup of each kind is made in peace: before it nothing counts as missed. */
    private static final Duration CALM_BEFORE = Duration.ofDays(4);

    /** A week and a day: by then a kind that comes once a week has come again, and what was said of it is over. */
    private static final Duration CALM_AFTER = Duration.ofDays(8);

    private final Random random;
    private final Instant first;
    private final Instant last;

    private Forecast(long seed, Instant from, Instant until) {
        this.random = new Random(seed);
        this.first = from.plus(CALM_BEFORE);
        this.last = until.minus(CALM_AFTER);
    }

    static Weather of(long seed, Instant from, Instant until) {
        Forecast forecast = new Forecast(seed, from, until);
        List<Outage> outages = new ArrayList<>();
        for (Part part : Part.values()) {
            for (int i = 0; i < OF_EACH; i++) {
                outages.add(forecast.outage(part, forecast.some()));
            }
            outages.add(forecast.outage(part, forecast.veryLong()));
        }
        return new Weather(List.copyOf(outages));
    }

    private Duration some() {
        double minutes = SHORTEST_MINUTES * Math.pow(LONGEST_MINUTES / SHORTEST_MINUTES, random.nextDouble());
        return Duration.ofMinutes(Math.round(minutes));
    }

    private Duration veryLong() {
        return Duration.ofMinutes(random.nextLong(LEAST_OF_LONG.toMinutes(), MOST_OF_LONG.toMinutes()));
    }

    private Outage outage(Part part, Duration length) {
        long seconds = Duration.between(first, last.minus(length)).toSeconds();
        Instant begin = first.plusSeconds(random.nextLong(seconds)).truncatedTo(ChronoUnit.MINUTES);
        return new Outage(part, begin, begin.plus(length));
    }
}
