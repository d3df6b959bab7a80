package dev.lifeboat.repository.store;

/** What went wrong with a store or with what lies in it, and what to do next. */
public final class StoreException extends RuntimeException {

    private final Problem problem;
    private final String hint;

    public StoreException(Problem problem, String message, String hint) {
        super(message);
        this.problem = problem;
        this.hint = hint;
    }

    public StoreException(Problem problem, String message, String hint, Throwable cause) {
        super(message, cause);
        this.problem = problem;
        this.hint = hint;
    }

    public Problem problem() {
        return problem;
    }

    /** The next move, one sentence for the person who reads the message. */
    public String hint() {
        return hint;
    }

    /** The kinds of trouble a caller may want to tell apart. */
    public enum Problem {
        /** There is no object of that name. */
        NOT_FOUND,
        /** The name is taken; objects are never overwritten. */
        EXISTS,
        /** The store or the key says no: rights, a read-only disk, a key that does not open it. */
        DENIED,
        /** No room is left. */
        FULL,
        /** The store does not answer, or its disk or network fails; the same call may work later. */
        UNREACHABLE,
        /** The store, or the request, is not one that this version can work with. */
        UNSUITABLE,
        /** What is stored is not what was written. */
        DAMAGED
    }
}
