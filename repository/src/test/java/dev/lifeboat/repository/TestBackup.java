package dev.lifeboat.repository;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeboat.repository.seal.Digested;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.store.Key;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A small backup to test with: one object whose bytes are no dump, made in a minute. A test says what matters to it. */
public final class TestBackup {

    private static final String ATTEMPT = "a1";

    private final BackupId backup;
    private String run;
    private byte[] content;
    private long plainBytes;
    private List<TableCount> tables = List.of();
    private List<String> recipients = List.of("age1ann");
    private Instant begun;
    private Instant ended;

    private TestBackup(BackupId backup) {
        this.backup = backup;
        this.run = "backup-" + backup;
        this.content = ("data of " + backup).getBytes(UTF_8);
        this.plainBytes = content.length;
        this.begun = backup.takenAt();
        this.ended = begun.plusSeconds(60);
    }

    /** A backup that began at the time in its name. */
    public static TestBackup of(BackupId backup) {
        return new TestBackup(backup);
    }

    /** Where the bytes of a backup's only object lie. */
    public static Key key(BackupId backup) {
        return Layout.object(backup, ATTEMPT, backup.database() + ".dump.zst.age");
    }

    /** What is said about a backup that somebody asked for. */
    public static Labels tagged(String tag) {
        return new Labels(Optional.of(tag), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What is said about a backup that a schedule made for a point at which these rhythms were due, the highest first. */
    public static Labels scheduled(Instant nominal, String... tiers) {
        return new Labels(
                Optional.of(tiers[0]),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(nominal),
                List.of(tiers));
    }

    public TestBackup run(String name) {
        run = name;
        return this;
    }

    /** What is stored, as if it were neither compressed nor encrypted; to be said before {@link #plainBytes}. */
    public TestBackup content(byte[] bytes) {
        content = bytes.clone();
        plainBytes = content.length;
        return this;
    }

    /** How large the dump says it was, whatever is stored of it. */
    public TestBackup plainBytes(long bytes) {
        plainBytes = bytes;
        return this;
    }

    public TestBackup tables(List<TableCount> counts) {
        tables = List.copyOf(counts);
        return this;
    }

    public TestBackup recipients(List<String> keys) {
        recipients = List.copyOf(keys);
        return this;
    }

    public TestBackup took(Instant from, Instant to) {
        begun = from;
        ended = to;
        return this;
    }

    /** Its attempt, of which nothing is stored. */
    public Attempt attempt() {
        return new Attempt(
                ATTEMPT,
                run,
                backup,
                backup.database(),
                new Engine("pg_dump", "18.1"),
                source(),
                new Snapshot(begun, "0/1A2B3C8", false),
                List.of(object()),
                tables,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                recipients,
                new Compression("zstd", 1),
                begun,
                ended,
                List.of());
    }

    /** Stores its object and seals its attempt. */
    public Attempt seal(Repository repository) {
        Attempt attempt = attempt();
        repository.store().create(key(backup), content);
        repository.writeAttempt(attempt);
        return attempt;
    }

    /** Stores it whole, signed if there is a key. */
    public Manifest commit(Repository repository, Labels labels, Optional<SigningKey> signer) {
        Manifest manifest = Manifest.of(seal(repository), labels);
        repository.commit(manifest, signer);
        return manifest;
    }

    private SealedObject object() {
        Key key = key(backup);
        Digested stored = Tally.of(content);
        return new SealedObject(key, key.name(), plainBytes, stored.sha256(), stored.bytes(), stored.sha256());
    }

    private Source source() {
        return new Source(
                "7300000000000000000",
                backup.database(),
                "17.6",
                List.of(),
                "UTF8",
                "C",
                "C",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1_000);
    }
}
