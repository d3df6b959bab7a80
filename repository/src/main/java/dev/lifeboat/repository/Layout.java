package dev.lifeboat.repository;

import dev.lifeboat.repository.store.Key;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where everything lies in a repository. A key written once is kept for years: nothing here is ever renamed. */
public final class Layout {

    private static final Pattern RUN = Pattern.compile(".+-(\\d{4})(\\d{2})\\d{2}T\\d{6}Z-[a-z0-9]{4}");
    private static final Key DATABASES = new Key("databases");

    private Layout() {}

    /** What makes a folder a repository: its format and its id. */
    public static Key repository() {
        return new Key("repository.json");
    }

    public static Key databases() {
        return DATABASES;
    }

    public static Key backups(String database) {
        return DATABASES.child(BackupId.checkDatabase(database)).child("backups");
    }

    public static Key backup(BackupId backup) {
        return backups(backup.database()).child(backup.value());
    }

    /** The commit point: a backup is one if and only if this exists. */
    public static Key manifest(BackupId backup) {
        return backup(backup).child("manifest.json");
    }

    /** All attempts at a backup. */
    public static Key data(BackupId backup) {
        return backup(backup).child("data");
    }

    /** One attempt at a backup, whose name is one segment. */
    public static Key attempt(BackupId backup, String attempt) {
        return segment(data(backup), attempt);
    }

    /** The seal of an attempt, written last. */
    public static Key attemptFile(BackupId backup, String attempt) {
        return attempt(backup, attempt).child("attempt.json");
    }

    /** One stored object of an attempt, for example {@code orders.dump.zst.age}. */
    public static Key object(BackupId backup, String attempt, String name) {
        return segment(attempt(backup, attempt), name);
    }

    /** The claims of runs on a database, numbered from 1. */
    public static Key claims(String database) {
        return DATABASES.child(BackupId.checkDatabase(database)).child("claims");
    }

    public static Key claim(String database, String number) {
        return segment(claims(database), number + ".json");
    }

    public static Key reports() {
        return new Key("reports");
    }

    /** The folder of a run's report, found from the name of the run alone. */
    public static Key report(String run) {
        Matcher name = RUN.matcher(run);
        if (!name.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the name of a run, which looks like backup-orders-20261121T020000Z-k3x9"
                            .formatted(run));
        }
        return segment(reports().child(name.group(1)).child(name.group(2)), run);
    }

    /** One file of a run's report. */
    public static Key report(String run, String file) {
        return segment(report(run), file);
    }

    public static Key checks() {
        return new Key("checks");
    }

    public static Key check(String name) {
        return segment(checks(), name + ".json");
    }

    /** What a check writes to see whether things are kept as they should be. */
    public static Key keepingCheck(String name) {
        return segment(checks(), name + "-kept");
    }

    private static Key segment(Key folder, String name) {
        if (name.contains("/")) {
            throw new IllegalArgumentException("'%s' would lead into another folder".formatted(name));
        }
        return folder.child(name);
    }
}
