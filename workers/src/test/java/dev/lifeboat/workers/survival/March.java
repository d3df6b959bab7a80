package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.workers.KillableWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Runs of some runbooks, and a worker that dies before and after every effect of theirs, and in the middle of every stream.
 *
 * <p>The effects are checked in, a list for each runbook. The march itself needs none: it kills at whatever happens. But a new
 * effect makes {@link #metWhatIsListed} fail: look at it, think what happens if the worker dies right there, and what if its
 * twin still runs, then renew the lists with {@code -Dlifeboat.renew=true}.
 */
final class March {

    private static final Path LISTS =
            Path.of(System.getProperty("lifeboat.root"), "workers/src/test/resources/effects");

    private static final int MOST_DEATHS = 150;
    private static final int KILLED = 137;

    private final Shop shop;
    private final List<String> runbooks;
    private final List<String> wishes;
    private volatile Optional<TestWorker> worker = Optional.empty();

    /** @param wishes of each worker, besides those that make it die */
    March(Shop shop, List<String> runbooks, String... wishes) {
        this.shop = shop;
        this.runbooks = runbooks;
        this.wishes = Arrays.asList(wishes);
    }

    /** Starts a worker that only lists effects. */
    TestWorker record() {
        return start("RECORD").awaitReady();
    }

    /** One death after the other, until {@code over}. */
    void until(BooleanSupplier over) {
        for (int deaths = 0; deaths < MOST_DEATHS && !over.getAsBoolean(); deaths++) {
            TestWorker dying = start("HALT");
            worker = Optional.of(dying);
            await("a death, or the end; not met so far: " + notMet())
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !dying.isAlive() || over.getAsBoolean());
            assertThat(dying.isAlive() || dying.exitCode() == KILLED)
                    .as("the worker died of us: %s", shop.lines("used"))
                    .isTrue();
        }
        assertThat(over.getAsBoolean()).as("the end; not met: %s", notMet()).isTrue();
    }

    /** Kills the worker in the middle of an effect that only the other side sees; each of them once. */
    synchronized void middle(String effect) {
        TestFolders.append(shop.folder().resolve("effects"), effect + "\n");
        String point = effect + " middle";
        if (!shop.lines("used").contains(point)) {
            TestFolders.append(shop.folder().resolve("used"), point + "\n");
            worker.ifPresent(TestWorker::kill);
        }
    }

    /** The points at which no worker has died yet. */
    List<String> notMet() {
        List<String> points = new ArrayList<>(listed(runbooks).stream()
                .flatMap(effect -> effect.contains(": write ") || effect.contains(": tell ")
                        ? Stream.of(effect + " middle")
                        : Stream.of(effect + " before", effect + " after"))
                .toList());
        points.removeAll(shop.lines("used"));
        return points;
    }

    /** All effects are on the lists, and all that is on them was met. */
    void metWhatIsListed() {
        List<String> met = shop.lines("effects").stream().distinct().toList();
        if (Boolean.getBoolean("lifeboat.renew")) {
            runbooks.forEach(it -> renew(it, met));
        }
        // Who watches the locks connects when it comes to it: the order is not the same every time.
        assertThat(met).as("the effects of %s", runbooks).containsExactlyInAnyOrderElementsOf(listed(runbooks));
    }

    /** What is checked in, with its runbook's name before each effect. */
    static List<String> listed(List<String> runbooks) {
        return runbooks.stream()
                .flatMap(runbook -> TestFolders.lines(list(runbook)).stream().map(it -> runbook + "/" + it))
                .toList();
    }

    private TestWorker start(String mode) {
        List<String> all =
                new ArrayList<>(List.of("lifeboat.mode=" + mode, "lifeboat.runbooks=" + String.join(",", runbooks)));
        all.addAll(wishes);
        return shop.start(KillableWorker.class, all.toArray(String[]::new));
    }

    private static void renew(String runbook, List<String> met) {
        try {
            Files.write(
                    list(runbook),
                    met.stream()
                            .filter(it -> it.startsWith(runbook + "/"))
                            .map(it -> it.substring(runbook.length() + 1))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path list(String runbook) {
        return LISTS.resolve(runbook + ".txt");
    }
}
