package dev.lifeboat.activities.backup;

import dev.lifeboat.activities.Superseded;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.configuration.BackupSettings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.CopyActivities;
import java.util.Optional;

/** Copies a backup from one repository to another, with the right to add to both. */
public final class RepositoryCopyActivities implements CopyActivities {

    private final Tools tools;

    public RepositoryCopyActivities(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Copied copyTo(BackupOrder order, String to) {
        BackupSettings policy = tools.settings().database(order.database()).backup();
        BackupId backup = new BackupId(order.backup());
        Repository from = tools.repositories().open(order.repository(), StoreRight.WRITE);
        Superseded.refuse(from, order);
        Optional<Manifest> manifest = from.manifest(backup);
        Repository target = tools.repositories().openOrCreateToAdd(to, manifest.flatMap(Manifest::tag));
        Pulse pulse = Pulse.current();
        pulse.mayFinishAlone(policy.finishAlone());
        // All is written once and read back once.
        pulse.measure(
                "copying to " + to, 2 * manifest.map(Manifest::storedBytes).orElse(0L), false);
        pulse.stalledAfter(policy.stalledAfter());
        var copied = from.copyTo(target, backup, done -> {
            pulse.stopIfTold();
            pulse.done(done);
        });
        return new Copied(copied.objects(), copied.bytes(), copied.alreadyThere());
    }
}
