package dev.lifeboat.activities.notification;

/** A channel could not be told. Its words never hold an address, a key or what somebody answered. */
final class NotTold extends Exception {

    private final boolean unclear;

    private NotTold(String problem, boolean unclear) {
        super(problem);
        this.unclear = unclear;
    }

    /** It certainly did not get the message. */
    static NotTold because(String problem) {
        return new NotTold(problem, false);
    }

    /** It may have got the message: all that is known is that it did not say so. */
    static NotTold perhaps(String problem) {
        return new NotTold(problem, true);
    }

    boolean unclear() {
        return unclear;
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
