package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.SealedObject;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Four workers, one for each role, and each has the secrets of its own role and no other. */
@Tag("survival")
class RolesApartTest {

    @Test
    void the_run_ends_well_and_the_writers_files_open_nothing() throws Exception {
        try (Shop shop = Shop.open(1_000)) {
            shop.workerApart("control", settings(shop, "", ""), List.of());
            shop.workerApart("delete", settings(shop, "", ""), List.of());
            shop.workerApart("read", settings(shop, ", identity: \"file:age.key\"", ""), List.of(shop.ageKey()));
            List<Path> writers = shop.workerApart(
                    "write",
                    settings(shop, "", ", key: \"file:signing.key\""),
                    List.of(shop.passwordFile(), shop.signingKey()));

            WorkflowStub run = shop.backUp();

            assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            Manifest manifest = new Aftermath(shop).oneGoodBackup();
            assertThat(report(shop, manifest)).contains("\"verdict\" : \"PASS\"");
            assertThat(writers).hasSizeGreaterThanOrEqualTo(3);
            for (SealedObject object : manifest.objects()) {
                Path stored = shop.repository().resolve(object.key().value());
                assertThat(opens(shop.ageKey(), stored))
                        .as("the reader's key opens it")
                        .isTrue();
                assertThat(writers).noneMatch(it -> opens(it, stored));
            }
        }
    }

    private static List<String> settings(Shop shop, String identity, String key) {
        List<String> lines = new ArrayList<>(List.of("repositories:"));
        for (Path one : List.of(shop.repository(), shop.far())) {
            lines.add("  %s: { url: \"file:%s\", recipients: [%s], shared: true, minimum-free: 1MB%s }"
                    .formatted(
                            one.equals(shop.far()) ? "far" : "main",
                            one,
                            shop.identity().recipient(),
                            identity));
        }
        lines.add("signing: { trusted: [%s]%s }".formatted(shop.signing().publicKey(), key));
        lines.add("temporal: { address: \"%s\" }".formatted(shop.temporal().address()));
        lines.add("databases:");
        lines.add(
                "  orders: { url: \"postgresql://%s@127.0.0.1:%d/orders\", password: \"file:password\", backup: { to: [main, far] } }"
                        .formatted(Shop.USER, shop.postgres().port()));
        lines.add("worker: { state: state }");
        return lines;
    }

    private static String report(Shop shop, Manifest manifest) {
        Path report = shop.repository()
                .resolve(Layout.report(manifest.run(), "report.json").value());
        return String.join("\n", TestFolders.lines(report));
    }

    private static boolean opens(Path key, Path stored) {
        try {
            Process age = new ProcessBuilder("age", "-d", "-i", key.toString(), "-o", "/dev/null", stored.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return age.waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
