package dev.lifeboat.workers.survival;

import static org.awaitility.Awaitility.await;

import dev.lifeboat.workers.judgement.Outage;
import dev.lifeboat.workers.judgement.Outage.Part;
import dev.lifeboat.workers.judgement.Weather;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Hits the parts of a shop at random, one or two at a time, each at least once, and mends them again. */
final class Storm {

    private static final int SHORTEST_SECONDS = 3;
    private static final int LONGEST_SECONDS = 40;
    private static final int LONGEST_CALM_SECONDS = 12;

    /** Longer than the catch-up window of a minute. */
    private static final Duration OVER_A_POINT = Duration.ofSeconds(70);

    private final Shop shop;
    private final Random random;
    private final List<Outage> outages = new ArrayList<>();
    private TestWorker worker;

    Storm(Shop shop, long seed) {
        this.shop = shop;
        this.random = new Random(seed);
        this.worker = begin();
    }

    /** Rages so long, or until each part was hit, and one of those who tell for so long that a point is lost. */
    Weather rage(Duration length) {
        Instant end = Instant.now().plus(length);
        List<Part> next = shuffled();
        strike(List.of(random.nextBoolean() ? Part.SERVER : Part.WORKER), OVER_A_POINT);
        while (!next.isEmpty() || Instant.now().isBefore(end)) {
            if (next.isEmpty()) {
                next = shuffled();
            }
            List<Part> hit = List.copyOf(next.subList(0, Math.min(next.size(), 1 + random.nextInt(2))));
            next = next.subList(hit.size(), next.size());
            strike(hit, Duration.ofSeconds(random.nextInt(SHORTEST_SECONDS, LONGEST_SECONDS)));
            pass(Duration.ofSeconds(random.nextInt(LONGEST_CALM_SECONDS)));
        }
        return new Weather(List.copyOf(outages));
    }

    private List<Part> shuffled() {
        List<Part> parts = new ArrayList<>(List.of(Part.values()));
        Collections.shuffle(parts, random);
        return parts;
    }

    private void strike(List<Part> parts, Duration length) {
        Map<Part, Instant> since = new EnumMap<>(Part.class);
        for (Part part : parts) {
            since.put(part, Instant.now());
            hit(part);
        }
        pass(length);
        // A worker cannot begin before there is a server to ask.
        for (Part part : parts.stream().sorted(Collections.reverseOrder()).toList()) {
            mend(part);
        }
        since.forEach((part, from) -> outages.add(new Outage(part, from, Instant.now())));
    }

    private void hit(Part part) {
        switch (part) {
            case WORKER -> worker.kill();
            case SERVER -> shop.temporal().kill();
            case REPOSITORY -> move(shop.repository(), elsewhere());
            case DATABASE -> shop.postgres().stop(random.nextBoolean() ? "immediate" : "fast");
        }
    }

    private void mend(Part part) {
        switch (part) {
            case WORKER -> worker = begin();
            case SERVER -> shop.temporal().startAgain();
            case REPOSITORY -> move(elsewhere(), shop.repository());
            case DATABASE -> shop.postgres().up();
        }
    }

    private TestWorker begin() {
        return shop.worker("lifeboat.heartbeat=PT10S");
    }

    private Path elsewhere() {
        return shop.repository().resolveSibling("elsewhere");
    }

    /** Fails if somebody made another repository where one is missing. */
    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pass(Duration time) {
        Instant end = Instant.now().plus(time);
        await("the time " + end)
                .atMost(time.plusMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Instant.now().isAfter(end));
    }
}
