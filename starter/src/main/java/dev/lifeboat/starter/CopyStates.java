package dev.lifeboat.starter;

import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Inventory;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SignedManifest;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.signature.Judgement;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.starter.terminal.CommandException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which repositories have which backups, from listings alone: nothing is decrypted, and no data is read. */
final class CopyStates {

    private final Settings settings;
    private final Optional<BackupId> only;
    private final TrustedKeys trusted;
    private final Map<BackupId, Map<String, Copy>> found = new TreeMap<>();
    private final Map<String, CommandException> unreachable = new LinkedHashMap<>();

    /** What a repository has of a backup; {@code digest} tells one manifest from another, {@code vouched} who is believed. */
    record Copy(State state, String why, String digest, boolean vouched) {

        private static Copy damaged(String why) {
            return new Copy(State.DAMAGED, why, "", false);
        }
    }

    enum State {
        HERE,
        MISSING,
        DAMAGED,
        UNREACHABLE
    }

    /**
     * One backup in all repositories that should have it, or have it anyway.
     *
     * @param wanted the repositories that the configuration names for its database
     */
    record Backup(BackupId id, List<String> wanted, Map<String, Copy> copies) {

        long here() {
            return wanted.stream().filter(it -> state(it) == State.HERE).count();
        }

        boolean isComplete() {
            return here() == wanted.size() && copies.values().stream().noneMatch(it -> it.state() == State.DAMAGED);
        }

        State state(String repository) {
            return Optional.ofNullable(copies.get(repository)).map(Copy::state).orElse(State.MISSING);
        }
    }

    CopyStates(Settings settings, Optional<String> database, Optional<BackupId> only) {
        this.settings = settings;
        this.only = only;
        this.trusted = TrustedKeys.of(settings.signing().trusted());
        settings.repositories().values().forEach(repository -> look(repository, database));
    }

    Map<String, CommandException> unreachable() {
        return unreachable;
    }

    /** The backups that are anywhere, newest first. */
    List<Backup> backups() {
        return found.entrySet().stream()
                .map(it -> backup(it.getKey(), it.getValue()))
                .sorted((one, other) -> other.id().takenAt().compareTo(one.id().takenAt()))
                .toList();
    }

    private Backup backup(BackupId id, Map<String, Copy> places) {
        List<String> wanted = Optional.ofNullable(settings.databases().get(id.database()))
                .map(it -> it.backup().to())
                .orElseGet(() -> List.copyOf(places.keySet()));
        Map<String, Copy> copies = new LinkedHashMap<>();
        Optional<String> original = original(places.values());
        for (String repository : settings.repositories().keySet()) {
            if (wanted.contains(repository) || places.containsKey(repository)) {
                copies.put(repository, copy(repository, Optional.ofNullable(places.get(repository)), original));
            }
        }
        return new Backup(id, wanted, copies);
    }

    /** The manifest that counts: the only one there is, or the only one that is vouched for; else nobody can tell. */
    private static Optional<String> original(Collection<Copy> places) {
        List<Copy> here = places.stream().filter(it -> it.state() == State.HERE).toList();
        return only(here).or(() -> only(here.stream().filter(Copy::vouched).toList()));
    }

    private static Optional<String> only(List<Copy> copies) {
        List<String> digests = copies.stream().map(Copy::digest).distinct().toList();
        return digests.size() == 1 ? Optional.of(digests.getFirst()) : Optional.empty();
    }

    private Copy copy(String repository, Optional<Copy> place, Optional<String> original) {
        if (place.isEmpty()) {
            return new Copy(unreachable.containsKey(repository) ? State.UNREACHABLE : State.MISSING, "", "", false);
        }
        if (place.get().state() != State.HERE
                || original.equals(Optional.of(place.get().digest()))) {
            return place.get();
        }
        return Copy.damaged(
                original.isPresent()
                        ? "its manifest is not that of the other copies"
                        : "the manifests of the copies differ, and no signature tells which is the original");
    }

    private void look(RepositorySettings settings, Optional<String> database) {
        try {
            Repository repository = Places.open(settings);
            Inventory inventory = repository.inventory(database);
            inventory.entries().forEach(entry -> note(settings.name(), entry.backup(), () -> copy(repository, entry)));
            inventory
                    .damaged()
                    .forEach(damaged -> id(damaged.key())
                            .ifPresent(id -> note(settings.name(), id, () -> Copy.damaged(damaged.why()))));
        } catch (CommandException e) {
            unreachable.put(settings.name(), e);
        } catch (StoreException e) {
            unreachable.put(settings.name(), Places.unreadable(settings.name(), e));
        }
    }

    private void note(String repository, BackupId id, Supplier<Copy> copy) {
        if (only.isEmpty() || only.get().equals(id)) {
            found.computeIfAbsent(id, it -> new LinkedHashMap<>()).put(repository, copy.get());
        }
    }

    /** A manifest is only worth what lies beside it: every object, as long as it was written. */
    private Copy copy(Repository repository, Inventory.Entry entry) {
        Manifest manifest = entry.manifest();
        Map<Key, Long> sizes = repository.store().list(Layout.attempt(entry.backup(), manifest.attempt())).stream()
                .collect(Collectors.toMap(StoredObject::key, StoredObject::bytes));
        List<String> wrong = new ArrayList<>();
        manifest.objects().forEach(object -> {
            Optional<Long> size = Optional.ofNullable(sizes.get(object.key()));
            if (!size.equals(Optional.of(object.storedBytes()))) {
                wrong.add("'%s' %s".formatted(object.key(), size.isEmpty() ? "is missing" : "has another size"));
            }
        });
        return wrong.isEmpty()
                ? repository
                        .manifestBytes(entry.backup())
                        .map(it -> judged(entry.backup(), it))
                        .orElseGet(() -> Copy.damaged("its manifest is gone"))
                : Copy.damaged(String.join(", ", wrong));
    }

    /** Where no key is trusted, a signature that holds is still worth more than none. */
    private Copy judged(BackupId backup, byte[] manifest) {
        String digest = Tally.of(manifest).sha256();
        return switch (SignedManifest.read(backup, manifest).judge(trusted)) {
            case Judgement.Bad bad -> Copy.damaged("its manifest is not what was signed: " + bad.why());
            case Judgement.Good ignored -> new Copy(State.HERE, "", digest, true);
            case Judgement.Untrusted ignored -> new Copy(State.HERE, "", digest, trusted.isEmpty());
            case Judgement.Unsigned() -> new Copy(State.HERE, "", digest, false);
        };
    }

    private static Optional<BackupId> id(Key manifest) {
        String[] parts = manifest.value().split("/", -1);
        try {
            return Optional.of(new BackupId(parts[Math.max(0, parts.length - 2)]));
        } catch (IllegalArgumentException noBackup) {
            return Optional.empty();
        }
    }
}
