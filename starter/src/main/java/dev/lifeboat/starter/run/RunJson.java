package dev.lifeboat.starter.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.model.RunName;
import java.util.List;

/** A run as docs/json.md describes it. */
public final class RunJson {

    private RunJson() {}

    /** All but the steps and the result: a line of a list. */
    public static ObjectNode line(RunView view) {
        ObjectNode document = Json.object();
        document.put("run", view.name().map(RunName::value).orElse(""))
                .put("right", view.address().right())
                .put("runbook", view.runbook())
                .put("state", view.state().name())
                .put("waiting", view.waiting())
                .put("started", view.started().toString())
                .put("ended", view.ended().map(Object::toString).orElse(null))
                .put("temporalRunId", view.address().runId());
        return document;
    }

    public static ObjectNode whole(RunView view) {
        ObjectNode document = line(view)
                .put("operator", view.operator())
                .put("blocked", view.blocked())
                .put("problem", view.problem())
                .put("hint", view.hint());
        ArrayNode steps = document.putArray("steps");
        for (RunStep step : view.steps()) {
            steps.addObject()
                    .put("title", step.title())
                    .put("status", step.status().name())
                    .put("began", step.began().toString())
                    .put("ended", step.ended().map(Object::toString).orElse(null))
                    .put("attempt", step.attempt())
                    .put("problem", step.problem());
        }
        document.set("result", null);
        view.result()
                .filter(result -> result.getPayloadsCount() > 0)
                .ifPresent(result -> document.set("result", Failures.json(result.getPayloads(0))));
        return document;
    }

    /** What the run was asked, if it was asked in JSON. */
    public static JsonNode input(RunView view) {
        return view.input().getPayloadsCount() == 0
                ? Json.object()
                : Failures.json(view.input().getPayloads(0));
    }

    public static ArrayNode findings(List<Finding> findings) {
        ArrayNode list = Json.object().putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("subject", finding.subject())
                    .put("check", finding.check())
                    .put("verdict", finding.verdict().name())
                    .put("detail", finding.detail())
                    .put("hint", finding.hint());
        }
        return list;
    }
}
