package dev.lifeboat.repository;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;

import dev.lifeboat.repository.seal.Digested;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.signature.Judgement;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.repository.store.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * The carrying of one backup to another repository: the same bytes under the same keys, and the manifest last.
 *
 * <p>What a dead attempt left is used if it is the same. Nothing is overwritten, and bytes that are damaged at their source
 * are never given a name elsewhere. For one thread, once.
 */
final class Copying {

    private static final int BUFFER = 256 * 1024;

    private final Repository from;
    private final Repository to;
    private final BackupId backup;
    private final LongConsumer progress;
    private long done;

    Copying(Repository from, Repository to, BackupId backup, LongConsumer progress) {
        this.from = from;
        this.to = to;
        this.backup = backup;
        this.progress = progress;
    }

    Copied run() {
        byte[] bytes = from.manifestBytes(backup).orElseThrow(this::none);
        SignedManifest signed = SignedManifest.read(backup, bytes);
        refuseForgery(signed);
        Manifest manifest = signed.manifest();
        if (isThere(bytes)) {
            checkKept(manifest);
            to.store().checkKept(Layout.manifest(backup));
            return copied(manifest, true);
        }
        byte[] seal = from.seal(manifest);
        Set<Key> there = keys(manifest);
        manifest.objects().stream()
                .filter(object -> !there.contains(object.key()))
                .forEach(this::copy);
        done = manifest.storedBytes();
        lookAt(manifest);
        // As it is here, byte for byte; after the objects, because it vouches for them.
        to.createOrSame(Layout.attemptFile(backup, manifest.attempt()), seal);
        checkKept(manifest);
        to.commitCopy(backup, bytes);
        return copied(manifest, false);
    }

    /** Nothing could ever replace it there; whose signature it is does not matter here. */
    private void refuseForgery(SignedManifest signed) {
        if (signed.judge(TrustedKeys.of(List.of())) instanceof Judgement.Bad bad) {
            throw new StoreException(
                    DAMAGED,
                    "the manifest of '%s' in '%s' cannot be trusted: %s; nothing was copied"
                            .formatted(backup, from.store().url(), bad.why()),
                    "copy the backup from another repository that has it; see with lifeboat verify which is whole.");
        }
    }

    private boolean isThere(byte[] bytes) {
        if (to.isGivenUp(backup)) {
            throw new StoreException(
                    EXISTS,
                    "'%s' was given up in '%s', where it can never be committed any more"
                            .formatted(backup, to.store().url()),
                    "copy another backup; that one stays where it is.");
        }
        Optional<byte[]> there = to.manifestBytes(backup);
        if (there.isPresent() && !Arrays.equals(there.get(), bytes)) {
            throw new StoreException(
                    EXISTS,
                    "another backup of the name '%s' is in '%s'"
                            .formatted(backup, to.store().url()),
                    "look at both with lifeboat verify before you trust or delete either.");
        }
        return there.isPresent();
    }

    /** A dead attempt may have been told that its objects are not kept as asked: they are there all the same. */
    private void checkKept(Manifest manifest) {
        manifest.objects().forEach(object -> to.store().checkKept(object.key()));
        to.store().checkKept(Layout.attemptFile(backup, manifest.attempt()));
    }

    /** What is there already, from a dead attempt; whether it is the same is seen when all is read back. */
    private Set<Key> keys(Manifest manifest) {
        return to.store().list(Layout.attempt(backup, manifest.attempt())).stream()
                .map(StoredObject::key)
                .collect(Collectors.toSet());
    }

    private void copy(SealedObject object) {
        Tally tally = new Tally();
        try (Upload upload = to.store().begin(object.key())) {
            try (InputStream in = source(object)) {
                pass(object, in, upload, tally);
            }
            // Before it has a name there: what is damaged here must not become a second copy of the damage.
            refuseDamage(object, tally.digested());
            commit(upload);
        } catch (IOException e) {
            throw new StoreException(
                    UNREACHABLE,
                    "cannot copy '%s' from '%s' to '%s': %s"
                            .formatted(
                                    object.key(), from.store().url(), to.store().url(), e.getMessage()),
                    "see the system's log: a disk or the network may be failing.",
                    e);
        }
    }

    private InputStream source(SealedObject object) {
        try {
            return from.store().open(object.key());
        } catch (StoreException e) {
            throw e.problem() == NOT_FOUND ? damaged(object, "is missing") : e;
        }
    }

    private void pass(SealedObject object, InputStream in, Upload upload, Tally tally) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            tally.add(buffer, 0, n);
            // What was put in its place may never end, and would fill the other repository's disk.
            if (tally.bytes() > object.storedBytes()) {
                throw damaged(object, "has more than the %d bytes that were written".formatted(object.storedBytes()));
            }
            upload.write(buffer, 0, n);
            done += n;
            progress.accept(done);
        }
    }

    private void refuseDamage(SealedObject object, Digested found) {
        if (found.bytes() != object.storedBytes()) {
            throw damaged(object, "has %d bytes, and %d were written".formatted(found.bytes(), object.storedBytes()));
        }
        if (!found.sha256().equals(object.storedSha256())) {
            throw damaged(object, "is not what was written: its SHA-256 differs");
        }
    }

    private StoreException damaged(SealedObject object, String how) {
        return new StoreException(
                DAMAGED,
                "'%s' in '%s' %s; it was not copied"
                        .formatted(object.key(), from.store().url(), how),
                "do not rely on this backup there: see with lifeboat verify whether another repository has it whole.");
    }

    /** A twin that was faster wrote the same, or reading back will tell. */
    private static void commit(Upload upload) {
        try {
            upload.commit();
        } catch (StoreException e) {
            if (e.problem() != EXISTS) {
                throw e;
            }
        }
    }

    private void lookAt(Manifest manifest) {
        long copied = done;
        try {
            to.lookAt(manifest, read -> progress.accept(copied + read));
        } catch (StoreException e) {
            if (e.problem() != DAMAGED) {
                throw e;
            }
            throw new StoreException(
                    DAMAGED,
                    "the copy in '%s' is not what was copied: %s"
                            .formatted(to.store().url(), e.getMessage()),
                    "remove that object there, which no manifest names, and copy it again; look at the disk.",
                    e);
        }
    }

    private Copied copied(Manifest manifest, boolean alreadyThere) {
        List<SealedObject> objects = manifest.objects();
        return new Copied(objects.size(), manifest.storedBytes(), alreadyThere);
    }

    private StoreException none() {
        return new StoreException(
                NOT_FOUND,
                "there is no backup '%s' in '%s' to copy"
                        .formatted(backup, from.store().url()),
                "list what there is with: lifeboat backups.");
    }
}
