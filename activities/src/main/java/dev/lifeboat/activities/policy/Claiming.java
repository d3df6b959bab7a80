package dev.lifeboat.activities.policy;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.Superseded;
import dev.lifeboat.configuration.BackupSettings;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Claim;
import dev.lifeboat.repository.Claims;
import dev.lifeboat.repository.History;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.Trust;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.RunName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The claim that a run puts on its database before it does anything else. May be repeated. */
final class Claiming {

    private static final Logger log = LoggerFactory.getLogger(Claiming.class);
    private static final int LONGEST = 300;

    private final Supplier<String> origin;

    Claiming(Supplier<String> origin) {
        this.origin = origin;
    }

    /** Fails for good if another run holds the database, or has taken this one's place. */
    void claim(Repository repository, RunName run, BackupRequest request, BackupSettings policy, Trust trust) {
        Claims claims = new Claims(repository, request.database());
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Claim wanted = new Claim(
                run.value(),
                run.right(),
                clean(origin.get()),
                new BackupId(run.backup()).takenAt(),
                now.plus(policy.giveUpAfter())
                        .plus(usualDuration(repository.newest(request.database(), trust), policy.finishAlone())),
                request.takeOver()
                        .map(it ->
                                new Claim.TakeOver(it.run().value(), clean(request.operator()), clean(it.reason()))));
        switch (claims.claim(wanted, now)) {
            case Claims.Outcome.Ours ours -> log.info("{} claims '{}'", run, run.right());
            case Claims.Outcome.Held held -> throw refused(held.by(), run, request);
            case Claims.Outcome.Superseded superseded -> throw Superseded.by(superseded.by(), run);
        }
    }

    private static RuntimeException refused(Claim other, RunName run, BackupRequest request) {
        return Failures.permanent(
                FailureType.CLAIMED,
                "the run '%s' of another Temporal (%s) has claimed '%s' since %s and may still work on it, until %s"
                        .formatted(other.run(), other.origin(), run.right(), other.started(), other.expires()),
                ("let it end (a standalone one goes on with lifeboat resume FOLDER); or, if it must do nothing more,"
                                + " type lifeboat backup %s --take-over %s --reason \"…\", with --standalone if this was")
                        .formatted(request.database(), other.run()));
    }

    /** Twice as long as the newest backup took, but no longer than a dump may go on alone: a manifest may say anything. */
    private static Duration usualDuration(History.Found newest, Duration longest) {
        return newest.earlier()
                .map(it -> Duration.between(it.begin(), it.end()).multipliedBy(2))
                .filter(it -> !it.isNegative() && it.compareTo(longest) < 0)
                .orElse(longest);
    }

    private static String clean(String text) {
        String printable = text.isBlank() ? "not said" : text.replaceAll("\\p{Cntrl}", " ");
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST - 1) + "…";
    }
}
