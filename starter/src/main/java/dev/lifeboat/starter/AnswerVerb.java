package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.journal.Answer;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lifeboat answer}. */
@Command(
        name = "answer",
        description = "Says to a step in trouble: retry, skip (where the runbook allows it), or abort the run.",
        footer = {"", "Example:", "  lifeboat answer backup/orders retry --reason \"the disk has room again\""})
final class AnswerVerb implements Callable<Integer> {

    private static final long PATIENCE_SECONDS = 30;

    private final Conventions conventions;

    @Parameters(index = "0", paramLabel = "RUN", description = "A run's name, or a right such as backup/orders.")
    private String run = "";

    @Parameters(index = "1", paramLabel = "ANSWER", description = "retry, skip or abort.")
    private String answer = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stands in the run's report.")
    private String reason = "";

    AnswerVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Answer.Kind kind = kind();
        Settings settings = conventions.settings();
        try (TemporalConnection temporal = conventions.connect(settings)) {
            Runs runs = new Runs(temporal.client());
            RunAddress address = runs.find(run);
            RunView view = runs.read(address);
            if (view.state().isOver()) {
                throw CommandException.usage(
                        "'%s' is over: %s"
                                .formatted(view.label(), view.state().name().toLowerCase(Locale.ROOT)),
                        "Only a run that is going on hears answers.");
            }
            String heard = send(
                    temporal,
                    address,
                    new Answer(kind, conventions.surroundings().operator(), reason));
            ObjectNode document = Json.object()
                    .put("run", view.label())
                    .put("answer", kind.name().toLowerCase(Locale.ROOT))
                    .put("heard", heard);
            conventions.print(document, List.of(Terminal.clean(heard)));
            return ExitCode.GOOD.number();
        }
    }

    private Answer.Kind kind() {
        return List.of(Answer.Kind.values()).stream()
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(answer))
                .findFirst()
                .orElseThrow(() -> CommandException.usage(
                        "'%s' is no answer".formatted(Terminal.clean(answer)), "Say retry, skip or abort."));
    }

    private static String send(TemporalConnection temporal, RunAddress address, Answer answer) {
        WorkflowStub stub = address.stub(temporal.client());
        UpdateOptions<String> options = UpdateOptions.newBuilder(String.class)
                .setUpdateName("answer")
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        // In a thread of its own: without a worker nobody judges the answer, and the call would wait for ever.
        CompletableFuture<String> heard = CompletableFuture.supplyAsync(
                () -> stub.startUpdate(options, answer).getResult());
        try {
            return heard.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandException(
                    ExitCode.INCONCLUSIVE,
                    "no worker has taken the answer within %d s".formatted(PATIENCE_SECONDS),
                    "Start one ('lifeboat worker') and answer again.",
                    e);
        } catch (ExecutionException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.BAD, "interrupted while waiting", "", e);
        }
    }

    private static RuntimeException refused(ExecutionException e) {
        if (e.getCause() instanceof WorkflowUpdateException rejected) {
            Throwable innermost = rejected;
            while (innermost.getCause() != null) {
                innermost = innermost.getCause();
            }
            String why = innermost instanceof ApplicationFailure failure
                    ? failure.getOriginalMessage()
                    : String.valueOf(innermost.getMessage());
            return CommandException.usage(
                    "the run does not take the answer: " + why, "'lifeboat show RUN' shows what it waits for.");
        }
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
}
