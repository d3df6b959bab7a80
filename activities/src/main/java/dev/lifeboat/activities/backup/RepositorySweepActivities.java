package dev.lifeboat.activities.backup;

import dev.lifeboat.activities.Repositories;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.SweepActivities;

/** Removes what no manifest names. The rules of what may go are the repository's own. */
public final class RepositorySweepActivities implements SweepActivities {

    private final Repositories repositories;

    public RepositorySweepActivities(Repositories repositories) {
        this.repositories = repositories;
    }

    @Override
    public Swept sweepLosers(BackupOrder order) {
        var swept = repositories.open(order.repository()).sweepLosers(new BackupId(order.backup()));
        return new Swept(swept.objects(), swept.bytes());
    }

    @Override
    public Swept discard(BackupOrder order) {
        var swept = repositories.open(order.repository()).discard(new BackupId(order.backup()));
        return new Swept(swept.objects(), swept.bytes());
    }
}
