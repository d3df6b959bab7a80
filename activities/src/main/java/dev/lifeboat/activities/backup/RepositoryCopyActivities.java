package dev.lifeboat.activities.backup;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.configuration.BackupSettings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.CopyActivities;

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
        Repository target = tools.repositories().openOrCreate(to, StoreRight.WRITE);
        Pulse pulse = Pulse.current();
        pulse.mayFinishAlone(policy.finishAlone());
        pulse.measure("copying to " + to, 2 * bytes(from, backup), false);
        pulse.stalledAfter(policy.stalledAfter());
        var copied =
                from.copyTo(target, backup, manifest -> tools.repositories().placement(to, manifest.tag()), done -> {
                    pulse.stopIfTold();
                    pulse.done(done);
                });
        return new Copied(copied.objects(), copied.bytes(), copied.alreadyThere());
    }

    /** All is written once and read back once. */
    private static long bytes(Repository from, BackupId backup) {
        return from.manifest(backup).map(Manifest::storedBytes).orElse(0L);
    }
}
