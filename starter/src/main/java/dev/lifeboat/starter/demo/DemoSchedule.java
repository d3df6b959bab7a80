package dev.lifeboat.starter.demo;

import dev.lifeboat.starter.local.LocalTemporal;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Backups by a schedule: one that nobody could start at its time, and one that begins on time. */
final class DemoSchedule {

    private static final Duration NOTICE = Duration.ofSeconds(8);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(100);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final DemoFolder folder;
    private final Terminal terminal;
    private final Consumer<List<String>> command;

    DemoSchedule(DemoFolder folder, Terminal terminal, Consumer<List<String>> command) {
        this.folder = folder;
        this.terminal = terminal;
        this.command = command;
    }

    /** Plays it, and says what was seen. */
    String play(LocalTemporal temporal) {
        command.accept(List.of("schedules", "apply"));
        // First the one on time: Temporal catches up for a schedule only once it has looked after it.
        Instant onTime = nextMinute();
        Duration after = awaitBackup(onTime);
        Instant missed = nextMinute();
        // By then the first one has reported, too: while it runs, Temporal begins no second one.
        await("the moment before the next one", missed.minus(NOTICE), missed.minus(NOTICE), () -> false);
        terminal.say("  >> kill -9 %d: Temporal is gone; the next backup is due at %s UTC"
                .formatted(temporal.pid(), CLOCK.format(missed)));
        temporal.kill();
        await("the missed point", missed, missed.plusSeconds(2), () -> false);
        expect(0, missed);
        temporal.restart();
        terminal.say("  >> Temporal is back, %d s late".formatted(secondsSince(missed)));
        Duration late = awaitBackup(missed);
        command.accept(List.of("schedules", "pause", "backup/orders", "--reason", "the demo is over"));
        command.accept(List.of("backups"));
        expect(1, onTime);
        expect(1, missed);
        return "one on time (%d s), one for a missed point (%d s late), none twice"
                .formatted(after.toSeconds(), late.toSeconds());
    }

    private Duration awaitBackup(Instant due) {
        Instant patience = due.isAfter(Instant.now()) ? due : Instant.now();
        await("the backup of " + CLOCK.format(due), due, patience.plus(LONG_ENOUGH), () -> folder.backupsFor(due) > 0);
        expect(1, due);
        Duration after = Duration.between(due, Instant.now());
        terminal.say(
                "  the backup of %s UTC stands, %d s after its time".formatted(CLOCK.format(due), after.toSeconds()));
        return after;
    }

    private void await(String what, Instant due, Instant end, BooleanSupplier happened) {
        terminal.say("  waiting for %s (%s UTC) ...".formatted(what, CLOCK.format(due)));
        while (!happened.getAsBoolean() && Instant.now().isBefore(end)) {
            if (terminal.shape().errIsTerminal()) {
                long seconds = -secondsSince(due);
                terminal.progress("  %s: %s".formatted(what, seconds > 0 ? seconds + " s left" : "due"));
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    // Never a point that is so near that it might begin before Temporal is gone.
    private static Instant nextMinute() {
        return Instant.now().plus(NOTICE).truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
    }

    private void expect(int wanted, Instant point) {
        long there = folder.backupsFor(point);
        if (there != wanted) {
            throw new CommandException(
                    ExitCode.BAD,
                    "there are %d backups for %s, and there should be %d".formatted(there, point, wanted),
                    "The worker's log is '%s'.".formatted(folder.path().resolve("worker.log")));
        }
    }

    private static long secondsSince(Instant when) {
        return Duration.between(when, Instant.now()).toSeconds();
    }
}
