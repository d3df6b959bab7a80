package dev.lifeboat.repository.kit;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.FULL;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.SignedManifest;
import dev.lifeboat.repository.seal.Digested;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.signature.Judgement;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A backup in a folder with everything but the key: data, manifest, checksums, and a page of commands. */
public final class Kit {

    private static final int BUFFER = 256 * 1024;
    private static final String SUMS = "SHA256SUMS";

    private final Repository repository;
    private final Path folder;
    // The nearest folder that was there before: what was made below it is made durable, up to its entry there.
    private Path existing;
    private final List<Path> written = new ArrayList<>();
    private final Map<String, String> sums = new LinkedHashMap<>();

    private Kit(Repository repository, Path folder) {
        this.repository = repository;
        this.folder = folder;
        this.existing = folder;
    }

    /** What a kit holds: the names of its files, how many bytes of sealed data were copied, and its manifest. */
    public record Written(List<String> files, long storedBytes, SignedManifest signed) {}

    /**
     * Writes the kit of a backup into a folder that is empty or not there; the data is checked while it is copied.
     *
     * <p>Throws {@link StoreException}: NOT_FOUND when there is no such backup, UNSUITABLE when something lies in the folder,
     * DAMAGED when the stored data is not what was written. A kit that fails leaves nothing.
     */
    public static Written write(Repository repository, BackupId backup, Path folder) {
        byte[] bytes = repository
                .manifestBytes(backup)
                .orElseThrow(() -> new StoreException(
                        NOT_FOUND,
                        "there is no backup '%s' in '%s'"
                                .formatted(backup, repository.store().url()),
                        "list what there is with: lifeboat backups."));
        SignedManifest signed = SignedManifest.read(backup, bytes);
        Optional<String> signedBy = signedBy(signed);
        return new Kit(repository, folder.toAbsolutePath().normalize()).write(signed, bytes, signedBy);
    }

    /** The key that the page names; whether it is trusted is for its reader to say. */
    private static Optional<String> signedBy(SignedManifest signed) {
        return switch (signed.judge(TrustedKeys.of(List.of()))) {
            case Judgement.Good good -> Optional.of(good.by());
            case Judgement.Untrusted other -> Optional.of(other.by());
            case Judgement.Unsigned ignored -> Optional.empty();
            case Judgement.Bad bad ->
                throw new StoreException(
                        DAMAGED,
                        "the manifest of '%s' is not what was signed: %s"
                                .formatted(signed.manifest().backup(), bad.why()),
                        "make the kit from another repository that has this backup, or of another backup.");
        };
    }

    private Written write(SignedManifest signed, byte[] bytes, Optional<String> signedBy) {
        Manifest manifest = signed.manifest();
        KitNames.check(manifest.objects());
        byte[] page = new Page(manifest, signedBy, repository.store().url()).text();
        boolean made = prepare();
        try {
            for (SealedObject object : manifest.objects()) {
                copy(object);
            }
            add("manifest.json", bytes);
            Rows rows = new Rows(manifest.tables());
            add(Rows.EXPECTED, rows.expected());
            add(Rows.QUERIES, rows.queries());
            add("RESTORE.md", page);
            add(SUMS, sumsFile());
            makeDurable();
            return new Written(names(), manifest.storedBytes(), signed);
        } catch (IOException e) {
            remove(made);
            throw failed(e);
        } catch (RuntimeException e) {
            remove(made);
            throw e;
        }
    }

    private boolean prepare() {
        try {
            if (!Files.exists(folder)) {
                while (!Files.exists(existing)) {
                    existing = parent(existing);
                }
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                return true;
            }
            if (!Files.isDirectory(folder)) {
                throw new StoreException(
                        UNSUITABLE, "'%s' is a file, and a kit is a folder".formatted(folder), "name a new folder.");
            }
            try (Stream<Path> entries = Files.list(folder)) {
                if (entries.findAny().isPresent()) {
                    throw new StoreException(
                            UNSUITABLE,
                            "the folder '%s' is not empty".formatted(folder),
                            "name a new folder: a kit never mixes with other files.");
                }
            }
            return false;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void copy(SealedObject object) throws IOException {
        byte[] buffer = new byte[BUFFER];
        Tally tally = new Tally();
        try (InputStream in = repository.store().open(object.key());
                OutputStream out = create(object.name())) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                tally.add(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        Digested found = tally.digested();
        if (found.bytes() != object.storedBytes() || !found.sha256().equals(object.storedSha256())) {
            throw new StoreException(
                    DAMAGED,
                    "'%s' is not what was written".formatted(object.key()),
                    "make the kit from another repository that has this backup, or of another backup.");
        }
        sums.put(object.name(), found.sha256());
    }

    private void add(String name, byte[] content) throws IOException {
        try (OutputStream out = create(name)) {
            out.write(content);
        }
        sums.put(name, Tally.of(content).sha256());
    }

    private OutputStream create(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        written.add(file);
        return Files.newOutputStream(file, StandardOpenOption.WRITE);
    }

    // A kit is made to be carried away: whoever pulls the disk once this has returned has all of it.
    private void makeDurable() throws IOException {
        for (Path file : written) {
            sync(file);
        }
        sync(folder);
        for (Path made = folder; !made.equals(existing); made = parent(made)) {
            sync(parent(made));
        }
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "a folder that was made lies in one that was there");
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private byte[] sumsFile() {
        StringBuilder lines = new StringBuilder();
        sums.forEach(
                (name, sha256) -> lines.append(sha256).append("  ").append(name).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private List<String> names() {
        return written.stream().map(file -> file.getFileName().toString()).toList();
    }

    private void remove(boolean made) {
        try {
            for (Path file : written) {
                Files.deleteIfExists(file);
            }
            if (made) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            // the first failure says more than this one
        }
    }

    private StoreException failed(IOException e) {
        return new StoreException(
                String.valueOf(e.getMessage()).contains("No space left") ? FULL : UNSUITABLE,
                "cannot write the kit into '%s': %s".formatted(folder, e.getMessage()),
                "name a folder that you may write and that has room for the stored data.",
                e);
    }
}
