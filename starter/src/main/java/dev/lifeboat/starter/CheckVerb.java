package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.RunJson;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.check.CheckReport;
import dev.lifeboat.workflows.check.CheckRequest;
import dev.lifeboat.workflows.connection.TemporalConnection;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lifeboat check}. */
@Command(
        name = "check",
        description = {
            "Tries everything a night's work will need, where the workers are: databases, repositories, keys, Temporal.",
            "PASS and WARN end with 0, FAIL with 1, INCONCLUSIVE with 3."
        },
        footer = {"", "Examples:", "  lifeboat check", "  lifeboat check --notify"})
final class CheckVerb implements Callable<Integer> {

    private static final String RIGHT = "check/setup";

    private final Conventions conventions;

    @Option(names = "--notify", description = "Sends a test message to every channel, too.")
    private boolean tell;

    CheckVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Settings settings = conventions.settings();
        try (TemporalConnection temporal = conventions.connect(settings)) {
            requireWorker(new Runs(temporal.client()));
            Ending ending = new Ending(conventions, temporal, StoredDocuments.documentsOf(settings));
            RunView run = ending.follow(start(temporal, settings));
            Optional<CheckReport> report = Ending.result(run, "CheckSetup", CheckReport.class);
            return report.isPresent()
                    ? tell(run, report.get().and(ScheduleFindings.of(settings, temporal, Instant.now())))
                    : ending.tell(run);
        }
    }

    private static void requireWorker(Runs runs) {
        if (!runs.hasWorker(Queue.CONTROL.taskQueue(), TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)) {
            throw new CommandException(
                    ExitCode.INCONCLUSIVE,
                    "no worker is running",
                    "Start one: lifeboat worker. What can be reached is what the worker can reach.");
        }
    }

    private RunAddress start(TemporalConnection temporal, Settings settings) {
        CheckRequest request = new CheckRequest(conventions.surroundings().operator(), settings.sha256(), tell);
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(RIGHT)
                .setTaskQueue(Queue.CONTROL.taskQueue())
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setStaticSummary("Check the setup, asked for by " + request.operator())
                .build();
        try {
            WorkflowExecution started = temporal.client()
                    .newUntypedWorkflowStub("CheckSetup", options)
                    .start(request);
            return new RunAddress(RIGHT, started.getRunId());
        } catch (WorkflowExecutionAlreadyStarted e) {
            conventions.terminal().say("a check is already running: watching that one");
            return new RunAddress(RIGHT, e.getExecution().getRunId());
        }
    }

    private int tell(RunView run, CheckReport report) {
        ObjectNode document = RunJson.whole(run);
        document.put("verdict", report.verdict().name()).set("findings", RunJson.findings(report.findings()));
        conventions.print(document, FindingLines.of(report.findings(), conventions.terminal()));
        return FindingLines.exitCode(report.verdict()).number();
    }
}
