package dev.lifeboat.repository.verification;

import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.SignedManifest;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.signature.SignedDocument;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The look at a whole backup, from its stored bytes alone: signature, every stored byte, every row of the dump.
 *
 * <p>Needs no server and no database. Each object is read once, in a few megabytes of memory. For one thread, once.
 */
public final class Verification {

    private static final String MANIFEST = "manifest";

    private final Repository repository;
    private final BackupId backup;
    private final TrustedKeys trusted;
    private final Progress progress;
    private final ObjectReading reading;
    private final List<Check> checks = new ArrayList<>();
    private final List<Check> dump = new ArrayList<>();
    private long done;
    private long total;

    private Verification(
            Repository repository,
            BackupId backup,
            Optional<AgeIdentity> identity,
            TrustedKeys trusted,
            Progress progress) {
        this.repository = repository;
        this.backup = backup;
        this.trusted = trusted;
        this.progress = progress;
        this.reading = new ObjectReading(identity);
    }

    /** Prepares it; without an identity what is sealed stays unread, and that is INCONCLUSIVE. */
    public static Verification of(
            Repository repository,
            BackupId backup,
            Optional<AgeIdentity> identity,
            TrustedKeys trusted,
            Progress progress) {
        return new Verification(repository, backup, identity, trusted, progress);
    }

    /** The worst of all verdicts; INCONCLUSIVE if there is none. */
    public static Verdict worst(List<Check> checks) {
        return checks.stream()
                .map(Check::verdict)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.INCONCLUSIVE);
    }

    /**
     * Looks at everything. Whatever is wrong with the backup is a check that failed.
     *
     * <p>Throws {@link StoreException}: NOT_FOUND when there is no such backup, UNREACHABLE when the store fails.
     */
    public List<Check> run() {
        manifest().ifPresent(manifest -> {
            total = manifest.storedBytes();
            checks.add(SealCheck.of(repository, manifest));
            manifest.objects().forEach(object -> object(manifest, object));
            checks.addAll(dump.isEmpty() ? List.of(DumpChecks.unread("none of the objects was read as a dump")) : dump);
            checks.add(nothingElse(manifest));
        });
        return List.copyOf(checks);
    }

    private Optional<Manifest> manifest() {
        byte[] bytes;
        try {
            bytes = repository.manifestBytes(backup).orElseThrow(this::none);
        } catch (StoreException e) {
            return unreadable(e, Verdict.FAIL);
        }
        try {
            SignedManifest signed = SignedManifest.read(backup, bytes);
            checks.add(Check.pass(MANIFEST, "", "of this backup, in a format that is known"));
            checks.add(SignatureCheck.of(signed.judge(trusted), trusted));
            return Optional.of(signed.manifest());
        } catch (StoreException e) {
            checks.add(SignatureCheck.of(SignedDocument.of(bytes).judge(trusted, false), trusted));
            // A newer Lifeboat may find it good.
            return unreadable(e, Verdict.INCONCLUSIVE);
        }
    }

    private Optional<Manifest> unreadable(StoreException e, Verdict ifUnsuitable) {
        Verdict verdict = switch (e.problem()) {
            case DAMAGED -> Verdict.FAIL;
            case UNSUITABLE -> ifUnsuitable;
            // What may not be read was not looked at.
            case DENIED -> Verdict.INCONCLUSIVE;
            case NOT_FOUND, EXISTS, FULL, UNREACHABLE -> throw e;
        };
        checks.add(new Check(MANIFEST, "", verdict, String.valueOf(e.getMessage()), e.hint()));
        return Optional.empty();
    }

    private StoreException none() {
        return new StoreException(
                NOT_FOUND,
                "there is no backup '%s' in '%s'"
                        .formatted(backup, repository.store().url()),
                "list what there is with: lifeboat backups.");
    }

    private void object(Manifest manifest, SealedObject object) {
        long before = done;
        try {
            ObjectReading.Found found =
                    reading.read(repository.store(), object, read -> progress.read(before + read, total));
            checks.add(ObjectChecks.stored(object, found.stored()));
            checks.add(ObjectChecks.opens(object, found.opened()));
            if (DumpChecks.isDump(object)) {
                dump.addAll(dump(manifest, found.opened()));
            }
        } catch (StoreException e) {
            switch (e.problem()) {
                case NOT_FOUND -> checks.add(ObjectChecks.missing(object));
                case DAMAGED -> checks.add(ObjectChecks.notAnObject(object, e));
                case DENIED, UNSUITABLE -> checks.add(ObjectChecks.refused(object, e));
                case EXISTS, FULL, UNREACHABLE -> throw e;
            }
        }
        done = before + object.storedBytes();
    }

    private static List<Check> dump(Manifest manifest, Opened opened) {
        return switch (opened) {
            case Opened.Whole whole -> new DumpChecks(manifest).of(whole.inspection());
            case Opened.Broken ignored -> List.of(DumpChecks.unread("it does not open to its end"));
            case Opened.TooLong ignored -> List.of(DumpChecks.unread("it is not what was dumped"));
            case Opened.Closed ignored -> List.of(DumpChecks.unread("no key is at hand"));
        };
    }

    private Check nothingElse(Manifest manifest) {
        String check = "nothing else";
        List<Key> others;
        try {
            others = others(manifest);
        } catch (StoreException e) {
            // Only a store that is away ends the looking; what else was found counts.
            if (e.problem() == UNREACHABLE) {
                throw e;
            }
            return new Check(check, "", Verdict.INCONCLUSIVE, String.valueOf(e.getMessage()), e.hint());
        }
        return others.isEmpty()
                ? Check.pass(check, "", "lies beside its objects")
                : new Check(
                        check,
                        "",
                        Verdict.WARN,
                        "'%s' lies there, and the manifest does not name it (%d in all)"
                                .formatted(others.getFirst(), others.size()),
                        "see who put it there; no restore reads it.");
    }

    private List<Key> others(Manifest manifest) {
        Set<Key> named = new HashSet<>();
        manifest.objects().forEach(object -> named.add(object.key()));
        named.add(Layout.attemptFile(backup, manifest.attempt()));
        return repository.store().list(Layout.attempt(backup, manifest.attempt())).stream()
                .map(object -> object.key())
                .filter(key -> !named.contains(key))
                .toList();
    }
}
