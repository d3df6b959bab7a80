package dev.lifeboat.starter;

import dev.lifeboat.starter.run.RunStep;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Terminal;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What a run has started beside itself, such as copies to optional repositories, on a server that ends with the command. */
final class OpenRuns {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** An incident stays open until all is well again: it is only let speak. */
    private static final String INCIDENT = "Incident";

    private static final Duration TO_SPEAK = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Runs runs;
    private final Terminal terminal;

    OpenRuns(Runs runs, Terminal terminal) {
        this.runs = runs;
        this.terminal = terminal;
    }

    /** Waits, for ten minutes at most, until none is open; returns whether that is so, and says what it means if not. */
    boolean awaitEnd(Path folder) {
        Instant end = Instant.now().plus(LIMIT);
        List<String> open = open();
        if (!open.isEmpty()) {
            terminal.say("still at work: %s; waiting for it, at most %d minutes"
                    .formatted(String.join(", ", open), LIMIT.toMinutes()));
        }
        while (!open.isEmpty() && Instant.now().isBefore(end)) {
            rest();
            open = open();
        }
        letSpeak();
        open.forEach(it -> terminal.say("%s did not end; it goes on with: lifeboat resume %s".formatted(it, folder)));
        return open.isEmpty();
    }

    private void letSpeak() {
        Instant end = Instant.now().plus(TO_SPEAK);
        while (Instant.now().isBefore(end) && still().anyMatch(this::isSilentYet)) {
            rest();
        }
    }

    private boolean isSilentYet(RunView run) {
        try {
            return run.runbook().equals(INCIDENT)
                    && runs.read(run.address()).steps().stream()
                            .noneMatch(step -> step.status() == RunStep.Status.DONE);
        } catch (StatusRuntimeException e) {
            // The run that was asked for has ended: a server that is gone by now takes nothing of it away.
            return false;
        }
    }

    private List<String> open() {
        return still().filter(it -> !it.runbook().equals(INCIDENT))
                .map(RunView::label)
                .toList();
    }

    private Stream<RunView> still() {
        try {
            return runs.list(100).stream().filter(it -> !it.state().isOver());
        } catch (StatusRuntimeException e) {
            // The stand-in keeps no list; and a server that died says so where its run is told.
            return Stream.empty();
        }
    }

    private static void rest() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.BAD, "interrupted while waiting", "", e);
        }
    }
}
