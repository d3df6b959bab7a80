package dev.lifeboat.repository;

import dev.lifeboat.repository.Inventory.Damaged;
import dev.lifeboat.repository.Inventory.Entry;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One reading of a repository's folders into an inventory. */
final class Listing {

    private final Repository repository;
    private final Store store;
    private final Optional<String> database;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Damaged> damaged = new ArrayList<>();
    private final List<BackupId> uncommitted = new ArrayList<>();

    Listing(Repository repository, Optional<String> database) {
        this.repository = repository;
        this.store = repository.store();
        this.database = database;
    }

    Inventory inventory() {
        if (database.isPresent()) {
            addDatabase(database.get());
        } else {
            store.folders(Layout.databases()).forEach(this::addFoundDatabase);
        }
        entries.sort(Comparator.comparing((Entry entry) -> entry.backup().takenAt())
                .thenComparing(Entry::backup)
                .reversed());
        return new Inventory(entries, damaged, uncommitted);
    }

    private void addFoundDatabase(String name) {
        guarded(Layout.databases(), () -> Layout.databases().child(name))
                .flatMap(key -> guarded(key, () -> BackupId.checkDatabase(name)))
                .ifPresent(this::addDatabase);
    }

    private void addDatabase(String name) {
        Key backups = Layout.backups(name);
        for (String folder : store.folders(backups)) {
            guarded(backups, () -> backups.child(folder))
                    .ifPresent(key ->
                            guarded(key, () -> backup(name, folder)).ifPresent(backup -> addBackup(key, backup)));
        }
    }

    private void addBackup(Key key, BackupId backup) {
        Optional<Optional<Manifest>> read = guarded(key.child("manifest.json"), () -> repository.manifest(backup));
        if (read.isEmpty()) {
            return; // damaged, and noted
        }
        if (read.get().isPresent()) {
            entries.add(new Entry(backup, read.get().get()));
        } else if (!repository.isGivenUp(backup)) {
            uncommitted.add(backup);
        }
    }

    private static BackupId backup(String database, String folder) {
        BackupId backup = new BackupId(folder);
        if (!backup.database().equals(database)) {
            throw new IllegalArgumentException("it lies among the backups of '%s'".formatted(database));
        }
        return backup;
    }

    /** What makes no sense is noted and hides nothing else; a store that fails is not an empty one. */
    private <T> Optional<T> guarded(Key key, Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (StoreException e) {
            switch (e.problem()) {
                case DAMAGED, UNSUITABLE, DENIED -> damaged.add(new Damaged(key, Objects.toString(e.getMessage())));
                case NOT_FOUND, EXISTS, FULL, UNREACHABLE -> throw e;
            }
        } catch (IllegalArgumentException e) {
            damaged.add(new Damaged(key, Objects.toString(e.getMessage())));
        }
        return Optional.empty();
    }

    private interface Reading<T> {
        T read();
    }
}
