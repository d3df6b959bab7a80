package dev.lifeboat.workers.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.workflows.model.RunName;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What figures need of a run's stored report.
 *
 * @param database what it was about
 * @param kind the tag of the backup that it made, or was to make
 * @param outcome in one word, as the runbook says it
 * @param ended when (UTC) it had ended but for storing the report
 * @param verdict of the verification in it, if there was one
 */
record StoredRun(
        RunName run,
        String runbook,
        String database,
        String kind,
        String outcome,
        Instant ended,
        Optional<String> verdict) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNKNOWN = "unknown";

    /** Ours have a few hundred kilobytes at most; parsed, a document takes many times its size. */
    private static final int LARGEST = 1 << 20;

    private static final String HINT = "see who put it there; the run itself may still be known to Temporal.";

    /** Reads a run's report, empty as long as there is none; throws {@link StoreException} DAMAGED if it is not one. */
    static Optional<StoredRun> read(Store store, RunName run) {
        return document(store, run, "report.json").map(report -> {
            try {
                return of(store, run, report);
            } catch (DateTimeException notAReport) {
                throw damaged(Layout.report(run.value(), "report.json"), "says no time at which the run ended");
            }
        });
    }

    private static StoredRun of(Store store, RunName run, JsonNode report) {
        return new StoredRun(
                run,
                said(report.path("runbook")).orElse(UNKNOWN),
                run.target(),
                said(report.path("backup").path("tag"))
                        .or(() -> document(store, run, "policy.json").flatMap(it -> said(it.path("tag"))))
                        .orElse(UNKNOWN),
                said(report.path("outcome")).orElse(UNKNOWN),
                Instant.parse(report.path("ended").asText()),
                said(report.path("verification").path("verdict")));
    }

    private static Optional<String> said(JsonNode node) {
        return Optional.of(node.asText("")).filter(it -> !it.isBlank()).map(LabelText::of);
    }

    private static Optional<JsonNode> document(Store store, RunName run, String file) {
        Key key = Layout.report(run.value(), file);
        return store.read(key).map(bytes -> {
            if (bytes.length > LARGEST) {
                throw damaged(key, "is larger than 1 MiB");
            }
            try {
                return JSON.readTree(bytes);
            } catch (IOException notJson) {
                throw damaged(key, "is no JSON");
            }
        });
    }

    private static StoreException damaged(Key key, String why) {
        return new StoreException(StoreException.Problem.DAMAGED, "'%s' %s".formatted(key, why), HINT);
    }
}
