package dev.lifeboat.workflows.check;

import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.model.RunName;
import java.util.List;
import java.util.stream.Stream;

/** What a check found, thing by thing, and the worst of it. */
public record CheckReport(RunName run, Finding.Verdict verdict, List<Finding> findings) {

    /** The same with what was found elsewhere. */
    public CheckReport and(List<Finding> more) {
        List<Finding> all = Stream.concat(findings.stream(), more.stream()).toList();
        return new CheckReport(run, more.stream().map(Finding::verdict).reduce(verdict, Findings::worse), all);
    }
}
