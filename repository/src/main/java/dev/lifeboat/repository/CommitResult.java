package dev.lifeboat.repository;

/** How a commit ended that ended well. */
public enum CommitResult {
    /** This call made the backup count. */
    COMMITTED,
    /** An earlier call with the same manifest had done so. */
    ALREADY_THERE
}
