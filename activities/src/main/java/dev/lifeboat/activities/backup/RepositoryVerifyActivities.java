package dev.lifeboat.activities.backup;

import dev.lifeboat.activities.Few;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Progress;
import dev.lifeboat.repository.verification.Verdict;
import dev.lifeboat.repository.verification.Verification;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.VerifyActivities;
import java.util.List;
import java.util.Optional;

/** Looks into backups on the worker that holds the age identity, with the right to read and no other. */
public final class RepositoryVerifyActivities implements VerifyActivities {

    private final Tools tools;

    public RepositoryVerifyActivities(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Verified verify(BackupOrder order) {
        RepositorySettings settings = tools.settings().repository(order.repository());
        if (settings.identity().isEmpty()) {
            return Verified.not("not verified: the worker on '%s' reads, and has no identity for repository '%s'"
                    .formatted(tools.host(), order.repository()));
        }
        AgeIdentity identity =
                AgeIdentity.parse(settings.identity().orElseThrow().read());
        List<Check> checks = Verification.of(
                        tools.repositories().open(order.repository(), StoreRight.READ),
                        new BackupId(order.backup()),
                        Optional.of(identity),
                        TrustedKeys.knownHere(tools.settings().signing()),
                        heard(order))
                .run();
        return verified(order, checks);
    }

    private Progress heard(BackupOrder order) {
        Pulse pulse = Pulse.current();
        pulse.measure("verifying", 0, false);
        pulse.stalledAfter(tools.settings().database(order.database()).backup().stalledAfter());
        return (done, total) -> {
            pulse.stopIfTold();
            pulse.done(done);
        };
    }

    private static Verified verified(BackupOrder order, List<Check> checks) {
        Verdict worst = Verification.worst(checks);
        List<String> lines = checks.stream()
                .filter(it -> it.verdict() != Verdict.PASS)
                .sorted((one, other) -> other.verdict().compareTo(one.verdict()))
                .map(RepositoryVerifyActivities::line)
                .toList();
        int failed =
                (int) checks.stream().filter(it -> it.verdict() == Verdict.FAIL).count();
        return new Verified(
                Finding.Verdict.valueOf(worst.name()),
                checks.size(),
                failed,
                Few.of(lines, "lifeboat verify %s prints all".formatted(order.backup())));
    }

    private static String line(Check check) {
        String how = check.verdict() == Verdict.INCONCLUSIVE ? "verified only in part: " : "";
        String subject = check.subject().isEmpty() ? "" : " " + check.subject();
        return (how + check.name() + subject + ": " + check.words()).replaceAll("\\p{Cntrl}", "?");
    }
}
