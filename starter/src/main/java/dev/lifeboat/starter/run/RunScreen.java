package dev.lifeboat.starter.run;

import dev.lifeboat.starter.terminal.Colour;
import dev.lifeboat.starter.terminal.ProgressText;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.starter.terminal.Words;
import dev.lifeboat.workflows.Queue;
import io.temporal.api.enums.v1.TaskQueueType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lines of a run that is watched: each ended step once, trouble once, and how far the running step is. */
final class RunScreen {

    private static final Duration WORKER_PATIENCE = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final Runs runs;
    private final ProgressText progressText = new ProgressText();
    private final Map<String, RunStep.Status> shown = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<String> missedQueues = new HashSet<>();
    private final Map<String, Long> waitingSince = new HashMap<>();
    private String waiting = "";
    private String blocked = "";
    private boolean silent;
    private boolean titled;

    RunScreen(Terminal terminal, Runs runs) {
        this.terminal = terminal;
        this.runs = runs;
    }

    /** Shows what is new in {@code view}. */
    void show(RunView view) {
        heard();
        if (!titled && !view.runbook().isEmpty()) {
            titled = true;
            String by = view.operator().isEmpty() ? "" : ", started by " + Terminal.clean(view.operator());
            terminal.say(terminal.paint(Colour.STRONG, Terminal.clean(view.label())) + by);
        }
        for (RunStep step : view.steps()) {
            if (shown.put(step.activityId(), step.status()) != step.status()) {
                showStep(step);
            }
        }
        if (!view.blocked().equals(blocked) && !view.state().isOver()) {
            blocked = view.blocked();
            terminal.say("  "
                    + view.trouble().map(it -> terminal.paint(Colour.BAD, it)).orElse("the run goes on"));
        }
        if (!view.waiting().equals(waiting)) {
            waiting = view.waiting();
            showWaiting(view);
        }
    }

    /** Shows how far the running steps are, and what keeps them. */
    void progress(RunView view, boolean isTaken, List<Pending> pending) {
        heard();
        if (!isTaken) {
            missWorker(Queue.CONTROL.taskQueue(), TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, "the run");
        }
        for (Pending one : pending) {
            view.steps().stream()
                    .filter(step -> step.activityId().equals(one.activityId()))
                    .findFirst()
                    .ifPresent(step -> showPending(step, one));
        }
    }

    /** Temporal does not answer. Said once for each time it goes away. */
    void silence() {
        if (!silent) {
            silent = true;
            terminal.say(terminal.paint(Colour.CAREFUL, "Temporal does not answer; the run is safe, still trying ..."));
        }
    }

    private void heard() {
        if (silent) {
            silent = false;
            terminal.say("Temporal answers again");
        }
    }

    private void showStep(RunStep step) {
        String title = Terminal.clean(step.title());
        String took = step.ended()
                .map(end -> " (" + Words.duration(Duration.between(step.began(), end)) + again(step) + ")")
                .orElse("");
        switch (step.status()) {
            case RUNNING -> terminal.progress(terminal.shape().errIsTerminal() ? "  ▸ " + title : "  … " + title);
            case DONE -> terminal.say(terminal.paint(Colour.GOOD, "  ✓ ") + title + terminal.paint(Colour.QUIET, took));
            case FAILED -> {
                terminal.say(terminal.paint(Colour.BAD, "  ✗ ") + title + terminal.paint(Colour.QUIET, took));
                terminal.say("    " + Terminal.clean(step.problem()));
            }
            case CANCELLED -> terminal.say("  - " + title + " (cancelled)");
        }
    }

    private static String again(RunStep step) {
        return step.attempt() > 1 ? ", attempt " + step.attempt() : "";
    }

    private void showWaiting(RunView view) {
        if (waiting.equals("operator")) {
            terminal.say(terminal.paint(
                    Colour.CAREFUL,
                    "  waiting for a person: lifeboat answer %s retry|skip|abort".formatted(view.label())));
        } else if (!waiting.isEmpty()) {
            terminal.say(terminal.paint(Colour.CAREFUL, "  waiting for " + Terminal.clean(waiting)));
        }
    }

    private void showPending(RunStep step, Pending pending) {
        String title = Terminal.clean(step.title());
        if (attempts.getOrDefault(step.activityId(), 1) < pending.attempt()) {
            attempts.put(step.activityId(), pending.attempt());
            terminal.say("  %s: attempt %d; the one before: %s"
                    .formatted(title, pending.attempt(), Terminal.clean(pending.lastProblem())));
        }
        if (!pending.isAtWork() && pending.attempt() == 1) {
            missWorker(step.queue(), TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY, "'" + title + "'");
        }
        String how = pending.progress()
                // A step that counts nothing beats too.
                .filter(it -> it.done() > 0 || it.total() > 0)
                .map(it -> progressText.of(it, System.nanoTime()))
                .orElseGet(() -> Words.duration(Duration.between(step.began(), Instant.now())));
        terminal.progress("  ▸ " + title + "  " + how);
    }

    private void missWorker(String queue, TaskQueueType kind, String what) {
        long now = System.nanoTime();
        long since = waitingSince.computeIfAbsent(queue + kind, key -> now);
        if (now - since < WORKER_PATIENCE.toNanos() || missedQueues.contains(queue) || runs.hasWorker(queue, kind)) {
            return;
        }
        missedQueues.add(queue);
        String role = Queue.all().stream()
                .filter(it -> it.taskQueue().equals(queue))
                .map(it -> " --roles " + it.role())
                .findFirst()
                .orElse("");
        terminal.say(terminal.paint(
                Colour.CAREFUL,
                "  no worker takes %s (queue '%s'); start one: lifeboat worker%s".formatted(what, queue, role)));
    }
}
