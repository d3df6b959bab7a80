package dev.lifeboat.starter.run;

import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Terminal;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Shows a run until it ends: steps from its history, progress from what Temporal knows of its running activities. Asks
 * no worker, so it goes on while workers die, and while Temporal itself is away.
 */
public final class RunWatch {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Runs runs;
    private final Terminal terminal;

    public RunWatch(Runs runs, Terminal terminal) {
        this.runs = runs;
        this.terminal = terminal;
    }

    /** Returns when the run is over. A run that is reset meanwhile is followed into its new history. */
    public RunView watch(RunAddress address) {
        RunHistory history = follow(address);
        if (history.view().state() == RunView.State.TERMINATED) {
            Optional<RunAddress> again = runs.afterReset(address, history.firstRunId());
            if (again.isPresent()) {
                terminal.say("the run was reset; following it");
                return watch(again.get());
            }
        }
        return history.view();
    }

    private RunHistory follow(RunAddress address) {
        RunHistory history = new RunHistory(address);
        RunScreen screen = new RunScreen(terminal, runs);
        try (HistoryFeed feed = new HistoryFeed(runs, address)) {
            while (true) {
                Optional<HistoryFeed.News> news = feed.next(LOOK);
                if (news.isEmpty()) {
                    look(address, history, screen);
                } else if (take(news.get(), history, screen)) {
                    return history;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.BAD, "interrupted while watching", "", e);
        }
    }

    /** Whether that was the end. */
    private static boolean take(HistoryFeed.News news, RunHistory history, RunScreen screen) {
        return switch (news) {
            case HistoryFeed.News.Events more -> {
                more.events().forEach(history::add);
                screen.show(history.view());
                yield history.view().state().isOver();
            }
            case HistoryFeed.News.Silence silence -> {
                screen.silence();
                yield false;
            }
            case HistoryFeed.News.End end -> {
                end.because().ifPresent(RunWatch::fail);
                yield true;
            }
        };
    }

    private void look(RunAddress address, RunHistory history, RunScreen screen) {
        try {
            var described = runs.describe(address);
            List<Pending> pending = described.getPendingActivitiesList().stream()
                    .map(Pending::of)
                    .toList();
            screen.progress(history.view(), history.isTaken(), pending);
        } catch (StatusRuntimeException e) {
            screen.silence();
        }
    }

    private static void fail(StatusRuntimeException e) {
        throw e;
    }
}
