package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the newest backup of each kind is young enough, in exact time: a limit of 25 hours is no day more or less. */
public final class Ages {

    /** The limit that any backup keeps, whatever it was made for. */
    public static final String ANY = "any";

    private static final String AGE = "age";
    /** Clocks differ; a backup from later than that would be young for ever. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private Ages() {}

    /**
     * Judges a database in one repository. Only what is signed as it should be counts.
     *
     * @param limits by tier, or {@link #ANY}: so old the newest one may be at most
     */
    public static List<Check> of(Shelf shelf, Map<String, Duration> limits, Instant now) {
        Optional<Check> nothing = nothing(shelf);
        if (nothing.isPresent()) {
            return List.of(nothing.get());
        }
        List<Check> checks = new ArrayList<>();
        List<Seen> counted = shelf.backups().stream()
                .filter(Seen::counts)
                .filter(it -> !isAhead(it, now))
                .toList();
        shelf.backups().stream()
                .filter(it -> isAhead(it, now))
                .map(it -> ahead(it, now))
                .forEach(checks::add);
        if (limits.isEmpty()) {
            checks.add(new Check(
                    AGE, "", Verdict.INCONCLUSIVE, "no limit is set for any kind", "set verification.oldest."));
        }
        limits.forEach((tier, limit) -> checks.add(age(shelf, counted, tier, limit, now)));
        return checks;
    }

    /**
     * Judges whether what was due has been made: the newest backup of a tier is not older than the last point at which its
     * schedule asked for one. A tier of which there is none yet is left to its age.
     *
     * @param points by tier
     */
    public static List<Check> due(Shelf shelf, Map<String, Instant> points, Instant now) {
        List<Check> checks = new ArrayList<>();
        points.forEach((tier, point) -> shelf.backups().stream()
                .filter(it -> it.counts() && !isAhead(it, now) && it.tiers().contains(tier))
                .findFirst()
                .map(it -> due(it, tier, point))
                .ifPresent(checks::add));
        return checks;
    }

    private static Check due(Seen newest, String tier, Instant point) {
        // The database's clock says when it was taken, and ours when it was due.
        boolean made = !newest.taken().plus(SKEW).isBefore(point);
        return new Check(
                "due",
                tier,
                made ? Verdict.PASS : Verdict.FAIL,
                made
                        ? "the %s backup of %s is there".formatted(tier, point)
                        : "the %s backup of %s is not there; the newest is '%s'"
                                .formatted(tier, point, newest.backup()),
                made ? "" : makeOneNow(newest.backup().database(), tier));
    }

    // Without the tag it would be a backup, and this alarm would go on: only its own kind ends it.
    private static String makeOneNow(String database, String tier) {
        return "make one now with lifeboat backup %s%s, and see why none was made"
                .formatted(database, tier.equals(ANY) ? "" : " --tag " + tier);
    }

    /** What it means that there is no backup that counts; empty if there is one. */
    private static Optional<Check> nothing(Shelf shelf) {
        if (shelf.newest().isPresent()) {
            return Optional.empty();
        }
        int passedOver = shelf.backups().size() + shelf.damaged().size();
        if (passedOver > 0) {
            return Optional.of(missing(
                    shelf,
                    "none of the %d backups of '%s' in '%s' counts: their manifests are damaged or not signed as they should be"
                            .formatted(passedOver, shelf.database(), shelf.repository()),
                    "make one now with lifeboat backup %s, and see who wrote these".formatted(shelf.database())));
        }
        String neighbours = shelf.others().isEmpty()
                ? "nor of any other database"
                : "only of %s"
                        .formatted(String.join(
                                ", ", shelf.others().stream().limit(5).toList()));
        return Optional.of(missing(
                shelf,
                "there is no backup of '%s' in '%s' (repository %s), %s"
                        .formatted(shelf.database(), shelf.repository(), shelf.id(), neighbours),
                "make one now with lifeboat backup %s; if there were some, see whether this is the right repository"
                        .formatted(shelf.database())));
    }

    private static Check missing(Shelf shelf, String words, String hint) {
        return new Check("exists", shelf.repository(), Verdict.FAIL, words, hint);
    }

    private static Check age(Shelf shelf, List<Seen> counted, String tier, Duration limit, Instant now) {
        return counted.stream()
                .filter(it -> tier.equals(ANY) || it.tiers().contains(tier))
                .findFirst()
                .map(it -> age(it, tier, limit, now))
                .orElseGet(() -> none(shelf, counted, tier, limit, now));
    }

    private static Check age(Seen newest, String tier, Duration limit, Instant now) {
        String kind = tier.equals(ANY) ? "" : tier + " ";
        // The database's clock may be a little ahead of ours.
        Duration age = newest.taken().isAfter(now) ? Duration.ZERO : Duration.between(newest.taken(), now);
        boolean good = age.compareTo(limit) <= 0;
        String words = "the newest %sbackup '%s' is %s old and may be %s"
                .formatted(kind, newest.backup(), good ? Spans.words(age) : Spans.roundedUp(age), Spans.words(limit));
        return new Check(
                AGE,
                kind.strip(),
                good ? Verdict.PASS : Verdict.FAIL,
                words,
                good ? "" : makeOneNow(newest.backup().database(), tier));
    }

    /** A kind of which there is none yet is only missing once backups are older than one of it may be. */
    private static Check none(Shelf shelf, List<Seen> counted, String tier, Duration limit, Instant now) {
        Optional<Duration> since = counted.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.between(counted.getLast().taken(), now));
        boolean notYetDue = since.filter(it -> it.compareTo(limit) <= 0).isPresent();
        return notYetDue
                ? new Check(
                        AGE,
                        tier,
                        Verdict.PASS,
                        "no %s backup yet: backups of '%s' began %s ago"
                                .formatted(tier, shelf.database(), Spans.words(since.orElseThrow())),
                        "")
                : new Check(
                        AGE,
                        tier,
                        Verdict.FAIL,
                        "there is no %s backup of '%s' in '%s'".formatted(tier, shelf.database(), shelf.repository()),
                        makeOneNow(shelf.database(), tier));
    }

    private static boolean isAhead(Seen backup, Instant now) {
        return backup.taken().isAfter(now.plus(SKEW));
    }

    private static Check ahead(Seen backup, Instant now) {
        return new Check(
                AGE,
                backup.backup().value(),
                Verdict.WARN,
                "'%s' says that it was taken in %s, and does not count"
                        .formatted(backup.backup(), Spans.words(Duration.between(now, backup.taken()))),
                "compare the clocks of this machine and of the database's");
    }
}
