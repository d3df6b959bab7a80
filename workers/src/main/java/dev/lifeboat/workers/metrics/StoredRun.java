package dev.lifeboat.workers.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.store.Store;
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

    /** Reads a run's report; empty as long as there is none, or if it is not one. */
    static Optional<StoredRun> read(Store store, RunName run) {
        return document(store, run, "report.json").flatMap(report -> {
            try {
                return Optional.of(of(store, run, report));
            } catch (DateTimeException notAReport) {
                return Optional.empty();
            }
        });
    }

    private static StoredRun of(Store store, RunName run, JsonNode report) {
        return new StoredRun(
                run,
                report.path("runbook").asText(UNKNOWN),
                run.target(),
                said(report.path("backup").path("tag"))
                        .or(() -> document(store, run, "policy.json").flatMap(it -> said(it.path("tag"))))
                        .orElse(UNKNOWN),
                report.path("outcome").asText(UNKNOWN),
                Instant.parse(report.path("ended").asText()),
                said(report.path("verification").path("verdict")));
    }

    private static Optional<String> said(JsonNode node) {
        return Optional.of(node.asText("")).filter(it -> !it.isBlank());
    }

    private static Optional<JsonNode> document(Store store, RunName run, String file) {
        return store.read(Layout.report(run.value(), file)).flatMap(bytes -> {
            try {
                return Optional.of(JSON.readTree(bytes));
            } catch (IOException notJson) {
                return Optional.empty();
            }
        });
    }
}
