package dev.lifeboat.starter;

import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.Problem;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.starter.terminal.Colour;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Everything that can go wrong with a command line, as one problem, one hint and one exit code. */
final class Failures {

    private final Conventions conventions;
    private final Terminal terminal;

    Failures(Conventions conventions) {
        this.conventions = conventions;
        this.terminal = conventions.terminal();
    }

    /** The command line itself is wrong. */
    int ofUsage(ParameterException e, String[] arguments) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String help = "'%s --help' shows what it takes.".formatted(command);
        String hint =
                meant(e).map(word -> "Did you mean '%s'? ".formatted(word)).orElse("") + help;
        return tell(CommandException.usage(problem(e), hint), asksForJson(arguments));
    }

    private static Optional<String> meant(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        String word = unmatched.getUnmatched().getFirst();
        return word.startsWith("-")
                ? Nearest.of(
                        word, e.getCommandLine().getCommandSpec().optionsMap().keySet())
                : Nearest.of(word, e.getCommandLine().getSubcommands().keySet());
    }

    private static String problem(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return lowerCase(String.valueOf(e.getMessage()));
        }
        String word = Terminal.clean(unmatched.getUnmatched().getFirst());
        if (word.startsWith("-")) {
            return "there is no option '%s'".formatted(word);
        }
        boolean takesVerb = e.getCommandLine().getSubcommands().containsKey("version");
        return takesVerb ? "there is no verb '%s'".formatted(word) : "'%s' is one word too many".formatted(word);
    }

    /** The verb could not do its work. */
    int ofExecution(Exception e, CommandLine verb, ParseResult parsed) {
        if (conventions.verbose()) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            terminal.say(trace.toString());
        }
        return tell(explain(e), conventions.json());
    }

    private static boolean asksForJson(String[] arguments) {
        return Stream.of(arguments).takeWhile(it -> !it.equals("--")).anyMatch("--json"::equals);
    }

    private int tell(CommandException trouble, boolean json) {
        terminal.say(terminal.paint(Colour.BAD, "lifeboat: ") + lines(trouble.problem()));
        if (!trouble.hint().isEmpty()) {
            terminal.say("hint: " + lines(trouble.hint()));
        }
        if (json) {
            terminal.print(Json.text(Json.error(trouble)));
        }
        return trouble.exitCode().number();
    }

    // Several problems of one file keep their lines; everything else that a terminal would obey goes.
    private static String lines(String text) {
        return String.join("\n", text.lines().map(Terminal::clean).toList());
    }

    static CommandException explain(Exception e) {
        return switch (e) {
            case CommandException known -> known;
            case ConfigurationException known -> ofConfiguration(known);
            case StoreException known -> ofStore(known);
            default -> status(e).map(Failures::ofTemporal).orElseGet(() -> ofFault(e));
        };
    }

    private static CommandException ofConfiguration(ConfigurationException e) {
        if (e.problems().size() == 1) {
            Problem only = e.problems().getFirst();
            String rendered = only.render();
            String problem = rendered.lines().findFirst().orElse(rendered);
            return new CommandException(ExitCode.USAGE, problem, sentence(only.hint()), e);
        }
        return new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), "", e);
    }

    private static CommandException ofStore(StoreException e) {
        ExitCode code = switch (e.problem()) {
            case NOT_FOUND, EXISTS, UNSUITABLE -> ExitCode.USAGE;
            case DENIED, FULL, UNREACHABLE -> ExitCode.UNREACHABLE;
            case DAMAGED -> ExitCode.BAD;
        };
        return new CommandException(code, String.valueOf(e.getMessage()), sentence(e.hint()), e);
    }

    private static Optional<Status> status(Throwable e) {
        return Stream.iterate(Optional.of(e), Optional::isPresent, it -> it.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .limit(20)
                .filter(StatusRuntimeException.class::isInstance)
                .map(it -> ((StatusRuntimeException) it).getStatus())
                .findFirst();
    }

    private static CommandException ofTemporal(Status status) {
        String said = status.getDescription() == null ? status.getCode().name() : status.getDescription();
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED ->
                CommandException.unreachable(
                        "Temporal stopped answering: " + said,
                        "Runs go on by themselves once it is back; type the same again then.");
            case PERMISSION_DENIED, UNAUTHENTICATED ->
                CommandException.unreachable(
                        "Temporal refused: " + said,
                        "Look at the key and TLS of Temporal's environment configuration.");
            case NOT_FOUND ->
                CommandException.usage(
                        "Temporal does not know it: " + said,
                        "Look at temporal.namespace in lifeboat.yml; 'lifeboat runs' lists the runs.");
            default -> CommandException.unreachable("Temporal could not do it: " + said, "");
        };
    }

    private static CommandException ofFault(Exception e) {
        return new CommandException(
                ExitCode.BAD,
                "a fault in Lifeboat itself: " + e,
                "Type it again with --verbose to see where, and report it.",
                e);
    }

    static String sentence(String hint) {
        return hint.isEmpty() ? hint : hint.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + hint.substring(1);
    }

    private static String lowerCase(String message) {
        boolean acronym = message.length() > 1 && Character.isUpperCase(message.charAt(1));
        return message.isEmpty() || acronym
                ? message
                : message.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + message.substring(1);
    }
}
