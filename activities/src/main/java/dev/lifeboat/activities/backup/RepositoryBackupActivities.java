package dev.lifeboat.activities.backup;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.Few;
import dev.lifeboat.activities.Superseded;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.dump.Keeper;
import dev.lifeboat.activities.dump.PgDump;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.configuration.BackupSettings;
import dev.lifeboat.configuration.ServerAddress;
import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Labels;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.seal.AgeRecipients;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.workflows.activity.BackupActivities;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.Tag;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Take, look and commit, into a repository. */
public final class RepositoryBackupActivities implements BackupActivities {

    private static final Logger log = LoggerFactory.getLogger(RepositoryBackupActivities.class);

    private final Tools tools;

    public RepositoryBackupActivities(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Taken take(BackupOrder order) {
        BackupSettings policy = tools.settings().database(order.database()).backup();
        ServerAddress server = tools.settings().server(order.database());
        // Before hours of work: what the commit will need must be here in the first second.
        tryKeys(order);
        Pulse pulse = Pulse.current();
        pulse.mayFinishAlone(policy.finishAlone());
        Repository repository = repository(order);
        Superseded.refuse(repository, order);
        try (Keeper keeper = Keeper.alone(tools.sql(), server, order.run(), pulse)) {
            // Only now: waiting for an earlier attempt that still works is no stall, however long.
            pulse.measure("locking the tables", 0, false);
            pulse.stalledAfter(policy.stalledAfter());
            // Alone from here on: what an earlier attempt finished is adopted, so the database is read once.
            Optional<Attempt> finished =
                    repository.attempts(new BackupId(order.backup())).stream().findFirst();
            return taken(
                    finished.isPresent() ? finished.get() : new PgDump(tools, repository, order).take(keeper, pulse));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public Looked look(BackupOrder order, String attempt) {
        Repository repository = repository(order);
        Attempt sealed = sealed(repository, order, attempt);
        Pulse pulse = Pulse.current();
        pulse.measure("reading back", sealed.storedBytes(), false);
        pulse.stalledAfter(tools.settings().database(order.database()).backup().stalledAfter());
        var back = repository.lookAt(sealed, done -> {
            pulse.stopIfTold();
            pulse.done(done);
        });
        return new Looked(back.objects(), back.bytes());
    }

    @Override
    public void commit(BackupOrder order, String attempt, BackupRequest labels) {
        Repository repository = repository(order);
        Superseded.refuse(repository, order);
        Attempt sealed = sealed(repository, order, attempt);
        repository.commit(
                Manifest.of(
                        sealed,
                        new Labels(
                                Optional.of(labels.tag().value()),
                                labels.hold(),
                                labels.note(),
                                Optional.of(labels.operator()),
                                labels.keepUntil(),
                                labels.nominal(),
                                labels.tiers().stream().map(Tag::value).toList())),
                SigningKey.of(tools.settings().signing()));
    }

    @Override
    public void awaitEnd(BackupOrder order) {
        Pulse pulse = Pulse.current();
        try {
            ServerAddress server = tools.settings().server(order.database());
            Keeper.endOthers(tools.sql(), server, order.run());
            // To have been alone once is enough: the run starts no further attempt.
            Keeper.alone(tools.sql(), server, order.run(), pulse).close();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Repository repository(BackupOrder order) {
        return tools.repositories()
                .openToAdd(order.repository(), Optional.of(order.tag().value()));
    }

    private void tryKeys(BackupOrder order) {
        tools.settings().repository(order.repository()).recipients().forEach(AgeRecipients::check);
        SigningKey.of(tools.settings().signing())
                .ifPresent(key -> log.info("{} will be signed by {}", order.backup(), key.publicKey()));
    }

    private static Attempt sealed(Repository repository, BackupOrder order, String attempt) {
        return repository.attempts(new BackupId(order.backup())).stream()
                .filter(it -> it.attempt().equals(attempt))
                .findFirst()
                .orElseThrow(() -> Failures.permanent(
                        FailureType.STORED_BYTES_DIFFER,
                        "the sealed attempt '%s' of backup '%s' is not in repository '%s' any more"
                                .formatted(attempt, order.backup(), order.repository()),
                        "see who else removes things there; then start the backup again"));
    }

    private static RuntimeException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("this worker is shutting down", e);
    }

    private static Taken taken(Attempt attempt) {
        return new Taken(
                attempt.attempt(),
                attempt.tables().size(),
                attempt.tables().stream().mapToLong(it -> it.rows().orElse(0)).sum(),
                attempt.plainBytes(),
                attempt.storedBytes(),
                Few.of(attempt.warnings(), "the manifest has them"));
    }
}
