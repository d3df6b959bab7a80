package dev.lifeboat.repository;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import dev.lifeboat.repository.signature.SignedDocument;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * The place where backups live, and the only inventory of them; keeps no state of its own.
 *
 * <p>Every method throws {@link StoreException}. Safe for several threads and processes at once.
 */
public final class Repository {

    private static final String ELSEWHERE = "take the backup from another repository that has it.";

    private final Store store;
    private final String id;

    private Repository(Store store, String id) {
        this.store = store;
        this.id = id;
    }

    /** Opens a repository; UNSUITABLE when the store holds none, or one that a newer Lifeboat wrote. */
    public static Repository open(Store store) {
        return new Repository(
                store,
                idOf(store)
                        .orElseThrow(
                                () -> new StoreException(
                                        UNSUITABLE,
                                        "'%s' holds no repository: there is no '%s'"
                                                .formatted(store.url(), Layout.repository()),
                                        "check the address, and that the disk is mounted; the first backup makes a repository.")));
    }

    /** Opens a repository, made now if the store is empty; UNSUITABLE when somebody else's things lie there. */
    public static Repository openOrCreate(Store store) {
        Optional<String> known = idOf(store);
        if (known.isPresent()) {
            return new Repository(store, known.get());
        }
        if (!store.isEmpty() && idOf(store).isEmpty()) {
            throw new StoreException(
                    UNSUITABLE,
                    "'%s' is not empty and holds no repository".formatted(store.url()),
                    "name an empty place, so that nothing of somebody else is ever touched.");
        }
        RepositoryFile fresh = new RepositoryFile(UUID.randomUUID().toString());
        // Of two that come at once one wins, and both read the winner's.
        store.create(Layout.repository(), Documents.write(fresh, RepositoryFile.FORMAT));
        return open(store);
    }

    public String id() {
        return id;
    }

    public Store store() {
        return store;
    }

    /** Proves that the repository can be written: begins an object and abandons it. */
    public void probe() {
        store.begin(Layout.check("probe")).close();
    }

    /** Seals an attempt whose objects are all committed; the same seal may be written again. */
    public void writeAttempt(Attempt attempt) {
        Key key = Layout.attemptFile(attempt.backup(), attempt.attempt());
        createOrSame(key, Documents.write(attempt, Attempt.FORMAT));
    }

    /** The sealed attempts at a backup whose objects are all there, oldest first. */
    public List<Attempt> attempts(BackupId backup) {
        Map<Key, Long> sizes = new HashMap<>();
        store.list(Layout.data(backup)).forEach(object -> sizes.put(object.key(), object.bytes()));
        List<Attempt> attempts = new ArrayList<>();
        for (Key key : sizes.keySet()) {
            if (key.name().equals("attempt.json")) {
                // Deleted between listing and reading: swept, and no attempt any more.
                store.read(key)
                        .map(bytes -> Documents.read(Attempt.class, key, bytes, Attempt.FORMAT))
                        .filter(attempt -> attempt.objects().stream().allMatch(object -> isStored(sizes, object)))
                        .ifPresent(attempts::add);
            }
        }
        attempts.sort(Comparator.comparing(Attempt::begun).thenComparing(Attempt::attempt));
        return List.copyOf(attempts);
    }

    /**
     * Makes a backup count. EXISTS when something else has that id, also the same manifest signed by another key; NOT_FOUND
     * when its attempt is not sealed here.
     */
    public CommitResult commit(Manifest manifest, Optional<SigningKey> key) {
        byte[] unsigned = Documents.write(manifest, Manifest.FORMAT, Manifest.KIND);
        byte[] bytes = key.map(known -> SignedDocument.sign(unsigned, known)).orElse(unsigned);
        return new Committing(this).commit(manifest, bytes);
    }

    /**
     * Makes the copy of a backup count, with the very manifest of another repository.
     *
     * <p>DAMAGED when that is none of this backup, or an object here has another size than it names; NOT_FOUND when an object
     * or the attempt's seal is missing here; EXISTS when something else has that id.
     */
    public CommitResult commitCopy(BackupId backup, byte[] manifest) {
        SignedManifest copied = SignedManifest.read(backup, manifest);
        return new Committing(this).commitCopy(copied.manifest(), manifest);
    }

    /**
     * Copies a committed backup to another repository, byte for byte, reads it back there and commits the same manifest.
     *
     * <p>DAMAGED when what lies here or there is not what was written; EXISTS when something else has that id there, or it
     * was given up there. May be repeated. {@code progress} hears how many bytes were copied and read back.
     */
    public Copied copyTo(Repository other, BackupId backup, LongConsumer progress) {
        return new Copying(this, other, backup, progress).run();
    }

    /** Whether a backup can never be committed any more, because its data was discarded. */
    boolean isGivenUp(BackupId backup) {
        return store.read(Layout.manifest(backup))
                .filter(new GivenUp(backup)::is)
                .isPresent();
    }

    /** The manifest of a backup, empty when it was never committed; DAMAGED when it cannot be read. */
    public Optional<Manifest> manifest(BackupId backup) {
        return signedManifest(backup).map(SignedManifest::manifest);
    }

    /** The same with its signature, which is not judged yet. */
    public Optional<SignedManifest> signedManifest(BackupId backup) {
        return manifestBytes(backup).map(bytes -> SignedManifest.read(backup, bytes));
    }

    /** The manifest as it is stored, whatever it says; empty when the backup was never committed. */
    public Optional<byte[]> manifestBytes(BackupId backup) {
        Key key = Layout.manifest(backup);
        Optional<byte[]> stored = store.read(key);
        if (stored.isEmpty() && !store.list(key).isEmpty()) {
            throw new StoreException(
                    DAMAGED,
                    "'%s' is damaged: it is a folder".formatted(key),
                    "see who put it there, and take the manifest from another repository that has this backup.");
        }
        return stored.filter(bytes -> !new GivenUp(backup).is(bytes));
    }

    /**
     * The seal of a committed backup's attempt, as it is stored.
     *
     * <p>DAMAGED when it is missing or says something else than the manifest; UNSUITABLE when a newer Lifeboat wrote it.
     */
    public byte[] seal(Manifest manifest) {
        Key key = Layout.attemptFile(manifest.backup(), manifest.attempt());
        byte[] bytes = store.read(key)
                .orElseThrow(() ->
                        new StoreException(DAMAGED, "'%s' in '%s' is missing".formatted(key, store.url()), ELSEWHERE));
        if (!manifest.isOf(Documents.read(Attempt.class, key, bytes, Attempt.FORMAT))) {
            throw new StoreException(
                    DAMAGED, "'%s' in '%s' does not say what the manifest says".formatted(key, store.url()), ELSEWHERE);
        }
        return bytes;
    }

    /** All backups of one database, or of all, from a listing alone. */
    public Inventory inventory(Optional<String> database) {
        return new Listing(this, database).inventory();
    }

    /** The newest committed backup of a database whose manifest can be read, and which ones could not be. */
    public History.Found newest(String database) {
        return new History(this).newest(database);
    }

    /** The same among those that count for somebody. */
    public History.Found newest(String database, Trust trust) {
        return new History(this).newest(database, trust);
    }

    /** Removes what a committed backup does not need: other attempts, and uploads idle for an hour. */
    public Swept sweepLosers(BackupId backup) {
        return new Sweeping(this).losers(backup, Instant.now().minusSeconds(3600));
    }

    /** Gives a backup up for good and removes its data; does nothing, and says so, when it was committed. */
    public Discard discard(BackupId backup) {
        return new Sweeping(this).discard(backup);
    }

    /** Reads an attempt's stored objects back; DAMAGED when one is missing or is not what was written. */
    public ReadBack lookAt(Attempt attempt, LongConsumer progress) {
        return new Looking(store, progress).at(attempt.objects());
    }

    /** The same for a committed backup; {@code progress} hears how many bytes were read so far. */
    public ReadBack lookAt(Manifest manifest, LongConsumer progress) {
        return new Looking(store, progress).at(manifest.objects());
    }

    private static boolean isStored(Map<Key, Long> sizes, SealedObject object) {
        Long bytes = sizes.get(object.key());
        return bytes != null && bytes == object.storedBytes();
    }

    /** Whether this call created it; false when the same bytes were there already. */
    boolean createOrSame(Key key, byte[] bytes) {
        if (store.create(key, bytes)) {
            return true;
        }
        if (store.read(key).filter(there -> Arrays.equals(there, bytes)).isPresent()) {
            store.checkKept(key); // whoever created it may have died before it looked
            return false;
        }
        throw new StoreException(
                EXISTS,
                "'%s' exists already and says something else".formatted(key),
                "two runs may have used one name: look at both before you delete anything.");
    }

    private static Optional<String> idOf(Store store) {
        Key key = Layout.repository();
        return store.read(key).map(bytes -> idOf(key, bytes));
    }

    private static String idOf(Key key, byte[] bytes) {
        try {
            return Documents.read(RepositoryFile.class, key, bytes, RepositoryFile.FORMAT)
                    .id();
        } catch (StoreException e) {
            if (e.problem() != DAMAGED) {
                throw e;
            }
            throw new StoreException(
                    DAMAGED,
                    String.valueOf(e.getMessage()),
                    "the backups beside it may be whole: put this one small file back from a copy of the repository, or"
                            + " write {\"format\": 1, \"id\": \"…\"} with a new UUID, then verify them.",
                    e);
        }
    }
}
