package dev.lifeboat.starter;

import dev.lifeboat.configuration.ProcessLocale;
import dev.lifeboat.starter.terminal.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;

/** The {@code lifeboat} command. */
@Command(
        name = "lifeboat",
        description = "Runs disaster-recovery runbooks that survive crashes and show what they did.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0 good · 1 the run ended badly, or a verdict is FAIL",
            "  2 usage or configuration · 3 inconclusive",
            "  4 declined or expired · 5 Temporal or the repository not reachable",
            "",
            "Begin with: lifeboat demo",
            "Or:         lifeboat init --help"
        })
public final class Lifeboat implements Callable<Integer> {

    @Mixin
    private final Conventions conventions;

    private Lifeboat(Conventions conventions) {
        this.conventions = conventions;
    }

    public static void main(String[] arguments) {
        ProcessLocale.writeNumbersAlike();
        System.exit(run(Surroundings.ofProcess(), arguments));
    }

    /** Runs one command line and returns its exit code. */
    static int run(Surroundings surroundings, String... arguments) {
        return commandLine(surroundings).execute(arguments);
    }

    static CommandLine commandLine(Surroundings surroundings) {
        Conventions conventions = new Conventions(surroundings);
        CommandLine root = new CommandLine(new Lifeboat(conventions));
        CommandLine backups = new CommandLine(new BackupsVerb(conventions));
        CommandLine schedules = new CommandLine(new SchedulesVerb(conventions));
        verbs(conventions, backups, schedules).forEach(root::addSubcommand);
        // After its own verb is in place, so that it inherits the conventions.
        backups.addSubcommand(new ShowBackupVerb(conventions));
        schedules.addSubcommand(new ApplySchedulesVerb(conventions));
        schedules.addSubcommand(new ListSchedulesVerb(conventions));
        schedules.addSubcommand(new PauseScheduleVerb(conventions));
        schedules.addSubcommand(new ResumeScheduleVerb(conventions));
        schedules.addSubcommand(new TriggerScheduleVerb(conventions));
        Failures failures = new Failures(conventions);
        root.setParameterExceptionHandler(failures::ofUsage);
        root.setExecutionExceptionHandler(failures::ofExecution);
        root.setOut(lines(surroundings.terminal()::print));
        root.setErr(lines(surroundings.terminal()::say));
        boolean colour = surroundings.terminal().shape().colour()
                && surroundings.terminal().shape().outIsTerminal();
        root.setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF));
        root.setUsageHelpWidth(Math.clamp(surroundings.terminal().shape().columns(), 80, 120));
        return root;
    }

    /** Every verb there is, in the order of the help. */
    private static List<Object> verbs(Conventions conventions, CommandLine backups, CommandLine schedules) {
        return List.of(
                new DemoVerb(conventions),
                new InitVerb(conventions),
                new CheckVerb(conventions),
                new UpVerb(conventions),
                new WorkerVerb(conventions),
                new BackupVerb(conventions),
                backups,
                new CopiesVerb(conventions),
                new VerifyVerb(conventions),
                new VerifyBackupsVerb(conventions),
                new WatchdogVerb(conventions),
                new KitVerb(conventions),
                schedules,
                new RunsVerb(conventions),
                new ShowVerb(conventions),
                new WatchVerb(conventions),
                new ResumeVerb(conventions),
                new CancelVerb(conventions),
                new AnswerVerb(conventions),
                new VersionVerb(conventions));
    }

    /** Called without a verb: says which there are. */
    @Override
    public Integer call() {
        conventions.terminal().say(commandLine(conventions.surroundings()).getUsageMessage());
        return ExitCode.USAGE.number();
    }

    private static PrintWriter lines(Consumer<String> to) {
        return new PrintWriter(new StringWriter()) {
            @Override
            public void flush() {
                StringBuffer text = ((StringWriter) out).getBuffer();
                if (!text.isEmpty()) {
                    to.accept(text.toString().stripTrailing());
                    text.setLength(0);
                }
            }
        };
    }
}
