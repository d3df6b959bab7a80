package dev.lifeboat.starter.terminal;

/** Why the command cannot go on, in words for the person who typed it, with the next move. */
public final class CommandException extends RuntimeException {

    private final ExitCode exitCode;
    private final String hint;

    /**
     * @param problem lower case, names quoted, no full stop
     * @param hint one sentence; empty if there is nothing to do
     */
    public CommandException(ExitCode exitCode, String problem, String hint) {
        super(problem);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    public CommandException(ExitCode exitCode, String problem, String hint, Throwable cause) {
        super(problem, cause);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    public static CommandException usage(String problem, String hint) {
        return new CommandException(ExitCode.USAGE, problem, hint);
    }

    public static CommandException unreachable(String problem, String hint) {
        return new CommandException(ExitCode.UNREACHABLE, problem, hint);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String problem() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    public String hint() {
        return hint;
    }
}
