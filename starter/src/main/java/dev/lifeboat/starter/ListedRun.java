package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.starter.run.RunJson;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.workflows.model.RunName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of the list of runs, wherever it is known from.
 *
 * @param label what a person types to name it
 * @param state for a person
 * @param ended empty while it runs, or if nobody knows
 * @param document the same for a program
 */
record ListedRun(String label, String state, Instant started, Optional<Instant> ended, ObjectNode document) {

    private static final String SOURCE = "source";
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    static ListedRun ofTemporal(RunView run) {
        String state = run.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new ListedRun(
                run.label(),
                run.waiting().isEmpty() ? state : "waiting for " + run.waiting(),
                run.started(),
                run.ended(),
                RunJson.line(run).put(SOURCE, "temporal"));
    }

    /** What Temporal knows no more, from the report that the run left; empty if that makes no sense. */
    static Optional<ListedRun> ofReport(RunName run, JsonNode report, String repository) {
        try {
            Instant started = time(report.path("started"));
            Instant ended = time(report.path("ended"));
            String outcome = Terminal.clean(report.path("outcome").asText());
            String state = report.path("problem").isTextual()
                    ? (outcome.equals("CANCELLED") ? "CANCELLED" : "FAILED")
                    : "COMPLETED";
            ObjectNode document = stored(run, "report", repository, started)
                    .put("runbook", Terminal.clean(report.path("runbook").asText()))
                    .put("state", state)
                    .put("ended", ended.toString());
            return Optional.of(
                    new ListedRun(run.value(), state.toLowerCase(Locale.ROOT), started, Optional.of(ended), document));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    // Years of more than four digits can be read, and then neither be printed nor be counted with.
    private static Instant time(JsonNode stored) {
        Instant time = Instant.parse(stored.asText());
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
            throw new DateTimeException("no instant of our time");
        }
        return time;
    }

    /** A run that left a trace and no report, and of which no server says anything. */
    static ListedRun silent(RunName run, String state, String repository) {
        Instant started = run.started();
        ObjectNode document = stored(run, "trace", repository, started)
                .put("state", state.toUpperCase(Locale.ROOT).replace(' ', '_'));
        return new ListedRun(run.value(), state, started, Optional.empty(), document);
    }

    private static ObjectNode stored(RunName run, String source, String repository, Instant started) {
        return Json.object()
                .put("run", run.value())
                .put("right", run.right())
                .put("runbook", "")
                .put("state", "")
                .put("waiting", "")
                .put("started", started.toString())
                .put("ended", (String) null)
                .put("temporalRunId", (String) null)
                .put(SOURCE, source)
                .put("repository", repository);
    }
}
