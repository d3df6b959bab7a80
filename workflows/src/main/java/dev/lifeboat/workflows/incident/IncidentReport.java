package dev.lifeboat.workflows.incident;

import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of an incident.
 *
 * @param over whether somebody said that it is over
 * @param heard how many notices there were
 * @param messages how many messages were made of them
 * @param told the channels that were told
 * @param saidOverBy the run that said that it is over: nobody has looked whether it is
 */
public record IncidentReport(
        RunName run,
        String about,
        boolean over,
        Severity severity,
        Duration took,
        int heard,
        int messages,
        List<String> told,
        Optional<RunName> saidOverBy) {}
