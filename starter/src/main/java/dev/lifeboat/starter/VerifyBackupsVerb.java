package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.RunJson;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.terminal.Table;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.starter.terminal.Words;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.verify.VerifyReport;
import dev.lifeboat.workflows.verify.VerifyRequest;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lifeboat verify-backups}. */
@Command(
        name = "verify-backups",
        description = {
            "Looks at all backups of a database: age, size, signatures, a share of the stored bytes, listing, copies.",
            "Waits for a backup that is being made. PASS ends with 0, FAIL with 1, INCONCLUSIVE with 3."
        },
        footer = {"", "Example:", "  lifeboat verify-backups orders"})
final class VerifyBackupsVerb implements Callable<Integer> {

    static final String RUNBOOK = "VerifyBackups";

    private final Conventions conventions;

    @Parameters(paramLabel = "DATABASE", description = "A database of lifeboat.yml.")
    private String database = "";

    VerifyBackupsVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Settings settings = conventions.settings();
        settings.database(database);
        try (TemporalConnection temporal = conventions.connect(settings)) {
            Ending ending = new Ending(conventions, temporal, StoredDocuments.documentsOf(settings));
            RunView run = ending.follow(start(temporal));
            Optional<VerifyReport> report = Ending.result(run, RUNBOOK, VerifyReport.class);
            return report.isPresent() ? tell(run, report.get()) : ending.tell(run);
        }
    }

    private RunAddress start(TemporalConnection temporal) {
        VerifyRequest request =
                new VerifyRequest(database, conventions.surroundings().operator());
        String right = VerifyRequest.right(database);
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(right)
                .setTaskQueue(Queue.CONTROL.taskQueue())
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setStaticSummary("Verify the backups of %s, asked for by %s".formatted(database, request.operator()))
                .build();
        try {
            WorkflowExecution started =
                    temporal.client().newUntypedWorkflowStub(RUNBOOK, options).start(request);
            return new RunAddress(right, started.getRunId());
        } catch (WorkflowExecutionAlreadyStarted e) {
            conventions
                    .terminal()
                    .say("a verification of '%s' is already running: watching that one".formatted(database));
            return new RunAddress(right, e.getExecution().getRunId());
        }
    }

    private int tell(RunView run, VerifyReport report) {
        ObjectNode document = RunJson.whole(run);
        document.put("verdict", report.verdict().name());
        conventions.print(document, lines(report));
        return FindingLines.exitCode(report.verdict()).number();
    }

    /** A verification's end as a person reads it. */
    static List<String> lines(VerifyReport report) {
        Table table = Table.ofFacts()
                .row("verdict", report.verdict().name())
                .row("newest good backup", report.good().orElse("none"))
                .row("checks", "%d, %d failed".formatted(report.checks(), report.failed()))
                .row("read back", Words.bytes(report.readBytes()))
                .row("time", Words.duration(report.took()));
        report.waitedFor().ifPresent(it -> table.row("waited for", it));
        report.lines().forEach(line -> table.row("found", Terminal.clean(line)));
        report.report().ifPresent(it -> table.row("report", it.repository() + ": " + it.key()));
        return table.lines();
    }
}
