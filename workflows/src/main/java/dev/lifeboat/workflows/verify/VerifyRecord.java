package dev.lifeboat.workflows.verify;

import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.activity.VerificationActivities.VerificationPolicy;
import dev.lifeboat.workflows.journal.Ending;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.journal.Journal;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.RunName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The reports that can be made of a verification. */
final class VerifyRecord {

    private final RunName run;
    private final VerifyRequest request;
    private final VerificationPolicy policy;
    private final Instant started;
    private final Evidence evidence;

    VerifyRecord(RunName run, VerifyRequest request, VerificationPolicy policy, Instant started, Evidence evidence) {
        this.run = run;
        this.request = request;
        this.policy = policy;
        this.started = started;
        this.evidence = evidence;
    }

    /** The stored report of a run that came to a verdict. */
    RunReport good(Verdict verdict, List<Entry> steps) {
        return runReport(verdict.name(), Optional.empty(), verdict, steps);
    }

    /** The stored report of a run that stopped early. */
    RunReport stopped(Ending ending, List<Entry> steps) {
        return runReport(ending.kind().name(), Optional.of(ending.problem()), Verdict.INCONCLUSIVE, steps);
    }

    VerifyReport report(Verdict verdict, Optional<Document> stored) {
        return new VerifyReport(
                run,
                request.database(),
                verdict,
                evidence.good(),
                evidence.checks(),
                evidence.failed(),
                evidence.lines(),
                evidence.waitedFor().run(),
                evidence.readBytes(),
                Duration.between(started, Journal.now()),
                stored);
    }

    private RunReport runReport(String outcome, Optional<String> problem, Verdict verdict, List<Entry> steps) {
        return new RunReport(
                run,
                "VerifyBackups",
                policy.repository(),
                outcome,
                problem,
                request.operator(),
                started,
                Journal.now(),
                steps,
                Optional.empty(),
                evidence.lines(),
                List.of(),
                Optional.of(evidence.summary(verdict)),
                Optional.empty());
    }
}
