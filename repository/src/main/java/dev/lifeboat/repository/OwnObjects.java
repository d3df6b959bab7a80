package dev.lifeboat.repository;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rule that a document names only objects of its own attempt, so that a forged one leads nowhere else. */
final class OwnObjects {

    private OwnObjects() {}

    static void check(BackupId backup, String database, String attempt, List<SealedObject> objects) {
        if (!backup.database().equals(database)) {
            throw new IllegalArgumentException("'%s' is not a backup of '%s'".formatted(backup, database));
        }
        if (objects.isEmpty()) {
            throw new IllegalArgumentException("the backup '%s' has no objects".formatted(backup));
        }
        refuseImpossible(objects);
        Set<String> names = new HashSet<>();
        for (SealedObject object : objects) {
            if (!object.key().equals(Layout.object(backup, attempt, object.name()))) {
                throw new IllegalArgumentException("the object '%s' does not belong to the attempt '%s' at '%s'"
                        .formatted(object.key(), attempt, backup));
            }
            if (!names.add(object.name())) {
                throw new IllegalArgumentException("the object '%s' is named twice".formatted(object.key()));
            }
        }
    }

    private static void refuseImpossible(List<SealedObject> objects) {
        try {
            long plain = objects.stream().mapToLong(SealedObject::plainBytes).reduce(0, Math::addExact);
            long stored = objects.stream().mapToLong(SealedObject::storedBytes).reduce(0, Math::addExact);
            Math.addExact(plain, stored);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("its objects are larger than any store", e);
        }
    }
}
