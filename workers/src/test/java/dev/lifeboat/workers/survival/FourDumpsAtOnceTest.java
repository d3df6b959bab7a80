package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Four dumps keep the whole machine busy, and a person answers to another run. */
@Tag("survival")
class FourDumpsAtOnceTest {

    private static final List<String> NAMES = List.of("one", "two", "three", "four");
    private static final int ANSWERS = 5;

    /** However fast a machine is, its dumps last for ten seconds. */
    private static final String LONG_ENOUGH = "lifeboat.bytes-per-second=3000000";

    @Test
    void answers_are_judged_long_before_any_of_the_dumps_ends(TestReporter reporter) {
        try (Shop shop = Shop.open(200_000)) {
            shop.configure(
                    "file:%s\", host: test".formatted(shop.far()),
                    Stream.concat(
                                    NAMES.stream().map(name -> ShopSettings.alsoCalled(shop, name, Shop.USER)),
                                    Stream.of(ShopSettings.alsoCalled(shop, "broken", "nobody")))
                            .collect(Collectors.joining()));
            shop.worker(LONG_ENOUGH);
            WorkflowStub broken = shop.backUp("backup/broken", "broken");
            shop.awaitEffect("Notification.Announce TROUBLE");
            NAMES.forEach(name -> shop.backUp("backup/" + name, name));
            await("four dumps")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> count(shop, "Backup.Take: start pg_dump") == NAMES.size());

            List<Duration> took = new ArrayList<>();
            for (int i = 0; i < ANSWERS; i++) {
                took.add(answer(broken));
            }

            reporter.publishEntry("answers judged while four dumps ran, within", took.toString());
            assertThat(count(shop, "Backup.Take: commit BACKUP.dump.zst.age"))
                    .as("dumps that had ended")
                    .isZero();
        }
    }

    private static long count(Shop shop, String effect) {
        return shop.lines("effects").stream().filter(effect::equals).count();
    }

    // Whatever it says, it was judged: by the runbook's own code, on a worker that has four dumps to make.
    private static Duration answer(WorkflowStub run) {
        long start = System.nanoTime();
        try {
            assertThat(run.update("answer", String.class, Map.of("kind", "retry", "by", "ann", "reason", "")))
                    .isNotBlank();
        } catch (WorkflowUpdateException refused) {
            assertThat(refused.getCause()).as("a refusal in words").isNotNull();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
