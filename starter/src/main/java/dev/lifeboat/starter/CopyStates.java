package dev.lifeboat.starter;

import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Inventory;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.starter.terminal.CommandException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which repositories have which backups, from listings alone: nothing is decrypted, and no data is read. */
final class CopyStates {

    private final Settings settings;
    private final Optional<BackupId> only;
    private final Map<BackupId, Map<String, Copy>> found = new TreeMap<>();
    private final Map<String, CommandException> unreachable = new LinkedHashMap<>();

    /** What a repository has of a backup; {@code digest} tells one manifest from another. */
    record Copy(State state, String why, String digest) {

        private static Copy damaged(String why) {
            return new Copy(State.DAMAGED, why, "");
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
        Optional<String> original = wanted.stream()
                .flatMap(it -> Optional.ofNullable(places.get(it)).stream())
                .filter(it -> it.state() == State.HERE)
                .map(Copy::digest)
                .findFirst();
        for (String repository : settings.repositories().keySet()) {
            if (wanted.contains(repository) || places.containsKey(repository)) {
                copies.put(repository, copy(repository, Optional.ofNullable(places.get(repository)), original));
            }
        }
        return new Backup(id, wanted, copies);
    }

    private Copy copy(String repository, Optional<Copy> place, Optional<String> original) {
        if (place.isEmpty()) {
            return new Copy(unreachable.containsKey(repository) ? State.UNREACHABLE : State.MISSING, "", "");
        }
        return place.get().state() == State.HERE
                        && !original.equals(Optional.of(place.get().digest()))
                ? Copy.damaged("its manifest is not that of the other copies")
                : place.get();
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

    private void note(String repository, BackupId id, java.util.function.Supplier<Copy> copy) {
        if (only.isEmpty() || only.get().equals(id)) {
            found.computeIfAbsent(id, it -> new LinkedHashMap<>()).put(repository, copy.get());
        }
    }

    /** A manifest is only worth what lies beside it: every object, as long as it was written. */
    private static Copy copy(Repository repository, Inventory.Entry entry) {
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
                ? new Copy(
                        State.HERE,
                        "",
                        repository
                                .manifestBytes(entry.backup())
                                .map(it -> Tally.of(it).sha256())
                                .orElse(""))
                : Copy.damaged(String.join(", ", wrong));
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
