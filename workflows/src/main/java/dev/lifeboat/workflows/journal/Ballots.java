package dev.lifeboat.workflows.journal;

/** Judges one ballot, in an activity: signature, person, digest, time. Writes the audit entry, also of a refusal. */
@FunctionalInterface
public interface Ballots {

    Approval.Ruling judge(Approval.Ballot ballot);
}
