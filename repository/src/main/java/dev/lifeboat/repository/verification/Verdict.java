package dev.lifeboat.repository.verification;

/** What a check found; never PASS by default. */
public enum Verdict {
    /** It was looked at and is as it should be. */
    PASS,
    /** Nothing is lost, and somebody should look. */
    WARN,
    /** It could not be looked at, for a reason in words. */
    INCONCLUSIVE,
    /** It is not as it should be. */
    FAIL
}
