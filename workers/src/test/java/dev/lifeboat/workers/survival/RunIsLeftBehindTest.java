package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Claim;
import dev.lifeboat.repository.Claims;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.repository.store.Stores;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Temporal and worker are lost in mid-dump, somebody makes the backup on a private server, and then the lost ones return. */
@Tag("survival")
@Timeout(600)
class RunIsLeftBehindTest {

    @Test
    void when_it_returns_it_removes_what_it_stored_and_commits_nothing() {
        try (Shop shop = Shop.open(Shop.MANY)) {
            TestWorker worker = shop.worker(Shop.SLOWLY);
            WorkflowStub run = shop.backUp();
            shop.awaitDump();
            shop.temporal().kill();
            worker.kill();
            String leftBehind = claims(shop).newest(1).latest().orElseThrow().run();

            try (TestCommand refused = standalone(shop)) {
                assertThat(refused.exitCode()).isEqualTo(1);
                assertThat(refused.said())
                        .contains("the run '%s' of another Temporal".formatted(leftBehind))
                        .contains("--take-over " + leftBehind)
                        .doesNotContain("\tat ");
            }
            try (TestCommand command = standalone(shop, "--take-over", leftBehind, "--reason", "the server burned")) {
                assertThat(command.exitCode()).as(command.said()).isZero();
            }
            Claim takenOver = claims(shop).newest(1).latest().orElseThrow();
            assertThat(takenOver.takeOver().orElseThrow().reason()).isEqualTo("the server burned");
            assertThat(takenOver.takeOver().orElseThrow().operator()).contains("@");

            shop.temporal().startAgain();
            shop.worker();

            assertThat(shop.awaitEnd(run, Duration.ofMinutes(3))).isEqualTo(WORKFLOW_EXECUTION_STATUS_FAILED);
            assertThat(shop.history(run).getEvents().toString())
                    .contains("superseded by", takenOver.run() + "\\', which claimed");
            assertThat(stored(shop, new BackupId(leftBehind.substring("backup-".length()))))
                    .as("what is left of its backup: the word that it was given up")
                    .singleElement()
                    .matches(it -> it.key().name().equals("manifest.json"));
            Manifest manifest = new Aftermath(shop).oneGoodBackup();
            assertThat(manifest.run()).isEqualTo(takenOver.run());
            new Aftermath(shop).awaitNoChildren();
        }
    }

    private static TestCommand standalone(Shop shop, String... more) {
        String[] command = {"backup", "orders", "--standalone", "--host", "test"};
        return TestCommand.type(
                shop, Stream.of(command, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private static List<StoredObject> stored(Shop shop, BackupId backup) {
        return repository(shop).store().list(Layout.backup(backup));
    }

    private static Claims claims(Shop shop) {
        return new Claims(repository(shop), Shop.DATABASE);
    }

    private static Repository repository(Shop shop) {
        return Repository.open(Stores.open("file:" + shop.repository()));
    }
}
