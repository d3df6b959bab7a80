package dev.lifeboat.repository;

import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The claims on one database in a repository: numbered from 1, each created once, none ever changed. Needs the right to
 * add and no other.
 *
 * <p>A claim that makes no sense is nobody's and is passed over, so that it stops no backup; one of a newer Lifeboat is not.
 * For the same reason none counts for longer than a week after it was stored, nor one whose number is far above the others'.
 * Every method throws {@link StoreException}.
 */
public final class Claims {

    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,8})\\.json");
    private static final Duration LONGEST = Duration.ofDays(7);

    /** So far at most a number may be above the one before it: else one object could use all numbers up. */
    private static final long FAR = 1_000;

    private static final int LARGEST = 64 * 1024;

    /** How many are read at most to find a run's own one: so often in a row nobody takes over. */
    private static final int FEW = 10;

    private static final int TRIES = 20;

    /** How many of the newest are never swept: more than any look at them reads. */
    private static final int KEPT = 100;

    private final Store store;
    private final String database;

    public Claims(Repository repository, String database) {
        this.store = repository.store();
        this.database = database;
    }

    /**
     * What there is, the newest first.
     *
     * @param claims those that could be read, as many as were asked for
     * @param unreadable what lies among them and cannot be read, in sentences
     */
    public record Found(List<Claim> claims, List<String> unreadable) {

        /** The one that counts. */
        public Optional<Claim> latest() {
            return claims.stream().findFirst();
        }
    }

    /** What came of a wish to claim. */
    public sealed interface Outcome {

        /** The database is this run's. */
        record Ours() implements Outcome {}

        /** A run that may still be at work elsewhere holds it. */
        record Held(Claim by) implements Outcome {}

        /** This run had it, and another one has claimed it since. */
        record Superseded(Claim by) implements Outcome {}
    }

    /** The newest {@code most} claims. */
    public Found newest(int most) {
        return read(listed(), most);
    }

    /** The claim that holds others up at {@code now}, if one does: neither too old, nor of a run that has ended. */
    public Optional<Claim> holder(Found found, Instant now) {
        return found.latest().filter(it -> isOpen(it, now));
    }

    /** Claims the database for a run, unless it did so before, or another one holds it at {@code now}. */
    public Outcome claim(Claim wanted, Instant now) {
        long tried = 0;
        for (int tries = 0; tries < TRIES; tries++) {
            List<StoredObject> listed = listed();
            Found found = read(listed, FEW);
            Optional<Outcome> settled = settled(wanted, found, now);
            if (settled.isPresent()) {
                return settled.get();
            }
            long next = Math.max(
                            tried,
                            listed.stream().findFirst().map(Claims::number).orElse(0L))
                    + 1;
            if (store.create(Layout.claim(database, Long.toString(next)), Documents.write(wanted, Claim.FORMAT))) {
                return new Outcome.Ours();
            }
            tried = next; // another run was faster: look again who it was
        }
        throw new StoreException(
                UNREACHABLE,
                "no number is free below '%s'".formatted(Layout.claims(database)),
                "many runs claim it at once, or somebody else writes there: try again, and look who it is.");
    }

    /**
     * Removes those that were stored before {@code stored}, except the newest hundred. Needs the right to delete, and reads
     * none of them: what one says of itself cannot keep it, nor have another one removed.
     *
     * @return how many were removed
     */
    public int sweep(Instant stored) {
        List<StoredObject> upwards = listed().reversed();
        int swept = 0;
        long before = 0;
        for (int i = 0; i < upwards.size() - KEPT; i++) {
            StoredObject claim = upwards.get(i);
            // Where a gap would be too wide, all above it would count no more.
            boolean needed = number(upwards.get(i + 1)) - before > FAR;
            if (needed || !claim.modified().isBefore(stored)) {
                before = number(claim);
                continue;
            }
            store.delete(claim.key());
            swept++;
        }
        return swept;
    }

    /** The later claim of another run, if there is one. A run without a claim of its own began before there were any. */
    public Optional<Claim> supersedes(String run, Instant started) {
        Found found = newest(FEW);
        boolean claimed = found.claims().stream().anyMatch(it -> it.run().equals(run));
        return found.latest()
                .filter(it -> !it.run().equals(run))
                .filter(it -> claimed || it.started().isAfter(started));
    }

    /** Whether the run has ended as far as the repository can tell: it reported, or its backup's fate is sealed. */
    public boolean isFinished(Claim claim) {
        return hasReport(claim)
                || claim.backup()
                        .filter(it -> store.read(Layout.manifest(it)).isPresent())
                        .isPresent();
    }

    /** Whether the run left a report, as every run does that was not terminated. */
    public boolean hasReport(Claim claim) {
        return store.read(Layout.report(claim.run(), "report.json")).isPresent();
    }

    private Optional<Outcome> settled(Claim wanted, Found found, Instant now) {
        Optional<Claim> latest = found.latest();
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        if (latest.get().run().equals(wanted.run())) {
            return Optional.of(new Outcome.Ours());
        }
        if (found.claims().stream().anyMatch(it -> it.run().equals(wanted.run()))) {
            return Optional.of(new Outcome.Superseded(latest.get()));
        }
        return holds(latest.get(), wanted, now) ? Optional.of(new Outcome.Held(latest.get())) : Optional.empty();
    }

    // Two runs of one Temporal exclude each other by their right, so the other one has ended, however it did.
    private boolean holds(Claim other, Claim wanted, Instant now) {
        return !wanted.isOfSameOrigin(other) && !wanted.setsAside(other) && isOpen(other, now);
    }

    private boolean isOpen(Claim claim, Instant now) {
        return now.isBefore(claim.expires()) && !isFinished(claim);
    }

    private List<StoredObject> listed() {
        Key folder = Layout.claims(database);
        List<StoredObject> upwards = store.list(folder).stream()
                .filter(it -> it.key().equals(folder.child(it.key().name())))
                .filter(it -> NAME.matcher(it.key().name()).matches())
                .sorted(Comparator.comparingLong(Claims::number))
                .toList();
        List<StoredObject> listed = new ArrayList<>();
        long before = 0;
        for (StoredObject object : upwards) {
            if (number(object) - before > FAR) {
                break;
            }
            listed.addFirst(object);
            before = number(object);
        }
        return listed;
    }

    private Found read(List<StoredObject> listed, int most) {
        List<Claim> claims = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (StoredObject object : listed) {
            if (claims.size() == most || unreadable.size() > most) {
                break;
            }
            try {
                read(object).ifPresent(claims::add);
            } catch (StoreException e) {
                if (e.problem() != StoreException.Problem.DAMAGED) {
                    throw e;
                }
                unreadable.add(String.valueOf(e.getMessage()));
            }
        }
        return new Found(List.copyOf(claims), List.copyOf(unreadable));
    }

    private Optional<Claim> read(StoredObject object) {
        if (object.bytes() > LARGEST) {
            throw new StoreException(
                    StoreException.Problem.DAMAGED,
                    "'%s' is damaged: %d bytes are more than a claim has".formatted(object.key(), object.bytes()),
                    "see who put it there; it is passed over.");
        }
        return store.read(object.key())
                .map(bytes -> Documents.read(Claim.class, object.key(), bytes, Claim.FORMAT)
                        .untilAtMost(latest(object)));
    }

    private static Instant latest(StoredObject object) {
        return object.modified().plus(LONGEST);
    }

    private static long number(StoredObject object) {
        Matcher name = NAME.matcher(object.key().name());
        if (!name.matches()) {
            throw new IllegalArgumentException(object.key().value());
        }
        return Long.parseLong(name.group(1));
    }
}
