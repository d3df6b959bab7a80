package dev.lifeboat.configuration;

/** A value that was looked at and refused, before anybody says where it stands. Without a cause, as it may hold secrets. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String hint;

    Refused(String problem, String hint) {
        super(problem, null, false, false);
        this.problem = problem;
        this.hint = hint;
    }

    String problem() {
        return problem;
    }

    String hint() {
        return hint;
    }
}
