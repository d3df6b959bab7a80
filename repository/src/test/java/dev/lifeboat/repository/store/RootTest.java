package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a folder has to be before and while a store writes into it. */
class RootTest {

    private static final byte[] CONTENT = {'x'};

    @TempDir
    Path folder;

    private Path root;
    private Store store;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(folder.resolve("root")).toRealPath();
        store = Stores.open("file:" + root);
    }

    @Test
    void a_missing_folder_is_refused_and_not_made() {
        assertRefused("file:" + folder.resolve("none"), UNSUITABLE, "does not exist");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void a_folder_that_is_moved_away_is_not_made_again() throws IOException {
        Path moved = Files.move(root, folder.resolve("moved"));

        for (String name : List.of("a", "a/b/c")) {
            StoreException e = catchThrowableOfType(StoreException.class, () -> store.create(new Key(name), CONTENT));
            assertThat(e.problem()).isEqualTo(NOT_FOUND);
            assertThat(e.hint()).contains("unmounted");
        }
        assertThat(root).doesNotExist();
        Files.move(moved, root);
        assertThat(store.create(new Key("a/b/c"), CONTENT)).isTrue();
    }

    @Test
    void a_folder_that_is_moved_away_under_an_upload_is_said_to_be() throws IOException {
        try (Upload upload = store.begin(new Key("a/b"))) {
            upload.write(CONTENT);
            Files.move(root, folder.resolve("moved"));

            assertThatThrownBy(upload::commit)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot write into '%s'".formatted(root));
        }
        assertThat(root).doesNotExist();
    }

    @Test
    void nothing_is_written_into_another_folder_that_lies_at_its_place() throws IOException {
        Files.move(root, folder.resolve("moved"));
        Files.createDirectory(root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        StoreException e = catchThrowableOfType(StoreException.class, () -> store.create(new Key("a/b"), CONTENT));
        assertThat(e.problem()).isEqualTo(NOT_FOUND);
        assertThat(e).hasMessageContaining("'%s' is another folder than the one that was opened".formatted(root));
        assertThat(e.hint()).contains("unmounted");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void a_file_in_place_of_the_folder_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertRefused("file:" + file, UNSUITABLE, "is a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwxr-xrwx", "rwxrwxrwx"})
    void a_folder_that_others_may_write_is_refused(String permissions) throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString(permissions));
        assertRefused("file:" + root, UNSUITABLE, "others than");
        assertThat(Stores.openToRead("file:" + root).isEmpty()).isTrue();
    }

    @Test
    void the_folder_of_somebody_else_is_refused() throws IOException {
        try {
            Files.setAttribute(root, "unix:uid", 65_534);
        } catch (FileSystemException e) {
            assumeThat(false).as("only root can give a folder away").isTrue();
        }
        assertRefused("file:" + root, DENIED, "belongs to");
        assertThat(Stores.openToRead("file:" + root).isEmpty()).isTrue();
    }

    @Test
    void a_folder_that_cannot_be_written_is_refused() throws Exception {
        if (TestDisk.mayMount()) {
            try (TestDisk disk = TestDisk.mount(folder.resolve("ro"), "size=1m,mode=0700,ro")) {
                assertRefused("file:" + disk.place(), DENIED, "not writable");
            }
        } else {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-x------"));
            assertRefused("file:" + root, DENIED, "not writable");
            assertDenied(() -> store.create(new Key("a"), CONTENT));
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static void assertRefused(String url, StoreException.Problem problem, String words) {
        StoreException e = catchThrowableOfType(StoreException.class, () -> Stores.open(url));
        assertThat(e).hasMessageContaining(words);
        assertThat(e.problem()).isEqualTo(problem);
        assertThat(e.hint()).isNotBlank();
    }

    private static void assertDenied(Runnable call) {
        StoreException e = catchThrowableOfType(StoreException.class, call::run);
        assertThat(e).isNotNull();
        assertThat(e.problem()).isEqualTo(DENIED);
    }
}
