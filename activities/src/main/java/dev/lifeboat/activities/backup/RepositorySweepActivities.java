package dev.lifeboat.activities.backup;

import dev.lifeboat.activities.Repositories;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Claims;
import dev.lifeboat.repository.Discard;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.SweepActivities;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what no manifest names. The rules of what may go are the repository's own. */
public final class RepositorySweepActivities implements SweepActivities {

    private static final Logger log = LoggerFactory.getLogger(RepositorySweepActivities.class);

    /** Nobody writes so long at one small file without a word. */
    private static final Duration GRACE = Duration.ofHours(1);

    private static final Duration LATER = Duration.ofDays(8);

    /** No claim holds anybody up for longer than a week; and so long people may ask what became of a run. */
    private static final Duration CLAIMED = Duration.ofDays(90);

    private final Repositories repositories;

    public RepositorySweepActivities(Repositories repositories) {
        this.repositories = repositories;
    }

    @Override
    public Swept sweepLosers(BackupOrder order) {
        Repository repository = repositories.open(order.repository(), StoreRight.DELETE);
        var swept = repository.sweepLosers(new BackupId(order.backup()));
        sweepReports(repository);
        sweepClaims(repository, new BackupId(order.backup()).database());
        return new Swept(swept.objects(), swept.bytes(), false);
    }

    // What a killed process was writing of its report. One month is enough to look at, because each has its turn
    // as long as there is a run a week; and the reports of years are not walked every night.
    private static void sweepReports(Repository repository) {
        Instant now = Instant.now();
        String month = YearMonth.from(now.minus(LATER).atOffset(ZoneOffset.UTC)).toString();
        Key reports = Layout.reports().child(month.substring(0, 4)).child(month.substring(5));
        repository.store().sweepUploads(reports, now.minus(GRACE));
    }

    private static void sweepClaims(Repository repository, String database) {
        try {
            int swept = new Claims(repository, database).sweep(Instant.now().minus(CLAIMED));
            log.debug("swept {} old claims on '{}'", swept, database);
        } catch (StoreException e) {
            if (e.problem() != StoreException.Problem.DENIED) {
                throw e;
            }
            log.warn("the old claims on '{}' stay: {}", database, e.getMessage()); // such as where the bucket locks all
        }
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
