package dev.lifeboat.starter.terminal;

/** How the command says to a shell what came of it. */
public enum ExitCode {
    GOOD(0),
    /** The run ended badly, or a verdict is FAIL. */
    BAD(1),
    /** The command line or the configuration is wrong. */
    USAGE(2),
    INCONCLUSIVE(3),
    /** A person said no, or nobody said anything in time. */
    DECLINED(4),
    /** Temporal or a repository cannot be reached. */
    UNREACHABLE(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
