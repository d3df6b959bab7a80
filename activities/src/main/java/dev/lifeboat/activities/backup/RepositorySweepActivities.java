package dev.lifeboat.activities.backup;

import dev.lifeboat.activities.Repositories;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Discard;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.SweepActivities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what no manifest names. The rules of what may go are the repository's own. */
public final class RepositorySweepActivities implements SweepActivities {

    private static final Logger log = LoggerFactory.getLogger(RepositorySweepActivities.class);

    private final Repositories repositories;

    public RepositorySweepActivities(Repositories repositories) {
        this.repositories = repositories;
    }

    @Override
    public Swept sweepLosers(BackupOrder order) {
        var swept = repositories.open(order.repository(), StoreRight.DELETE).sweepLosers(new BackupId(order.backup()));
        return new Swept(swept.objects(), swept.bytes(), false);
    }

    @Override
    public Swept discard(BackupOrder order) {
        return switch (repositories.open(order.repository(), StoreRight.DELETE).discard(new BackupId(order.backup()))) {
            case Discard.Discarded(var swept) -> new Swept(swept.objects(), swept.bytes(), false);
            case Discard.Kept kept -> {
                log.info("{}: {}", order.run(), kept.why());
                yield new Swept(0, 0, true);
            }
        };
    }
}
