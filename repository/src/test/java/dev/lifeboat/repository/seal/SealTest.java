package dev.lifeboat.repository.seal;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.repository.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    /** The size of age's pieces: one less, one more and exact multiples are where mistakes live. */
    private static final int PIECE = 64 * 1024;

    private final AgeIdentity ann = AgeKeys.generate();
    private final AgeIdentity escrow = AgeKeys.generate();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 4 * PIECE, 1_000_003})
    void every_recipient_reads_back_what_was_sealed(int size) throws IOException {
        byte[] plain = random(size, 7);
        byte[] stored = sealed(plain).bytes();

        assertThat(opened(stored, ann)).isEqualTo(plain);
        assertThat(opened(stored, escrow)).isEqualTo(plain);
    }

    @Test
    void bare_age_and_zstd_open_it_for_either_key() throws Exception {
        Tools.need("bash", "age", "zstd", "sha256sum");
        byte[] plain = rows(3_000_000);
        Sealed sealed = sealed(plain);
        Files.write(folder.resolve("x.zst.age"), sealed.bytes());
        for (AgeIdentity identity : List.of(ann, escrow)) {
            Files.writeString(folder.resolve("key"), identity.text());
            String hash = Tools.bash(folder, "age -d -i key < x.zst.age | zstd -d | sha256sum");
            assertThat(hash).startsWith(sealed.plain.sha256());
        }
        assertThat(Tools.bash(folder, "sha256sum < x.zst.age")).startsWith(sealed.stored.sha256());
        assertThat(sealed.stored.bytes()).isEqualTo(sealed.bytes().length);
        assertThat(sealed.plain.bytes()).isEqualTo(plain.length);
    }

    @Test
    void what_bare_zstd_and_age_sealed_is_read() throws Exception {
        Tools.need("bash", "age", "zstd");
        byte[] plain = rows(500_000);
        Files.write(folder.resolve("plain"), plain);
        Tools.bash(folder, "zstd -q < plain | age -r %s > sealed".formatted(ann.recipient()));

        assertThat(opened(Files.readAllBytes(folder.resolve("sealed")), ann)).isEqualTo(plain);
    }

    @Test
    void a_flipped_bit_is_found_wherever_it_is() throws IOException {
        byte[] plain = rows(400_000);
        byte[] stored = sealed(plain).bytes();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 600; i++) {
            // the header, in which every byte has its own meaning, gets its share
            int at = i < 300 ? random.nextInt(400) : random.nextInt(stored.length);
            byte[] damaged = stored.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> opened(damaged, ann))
                    .as("seed %d, byte %d of %d", seed, at, stored.length)
                    .isInstanceOf(StoreException.class)
                    .satisfies(e -> assertThat(((StoreException) e).problem()).isIn(DAMAGED, DENIED));
        }
    }

    @Test
    void a_cut_or_longer_stream_is_damaged() throws IOException {
        byte[] stored = sealed(rows(400_000)).bytes();
        for (int length : new int[] {0, 1, 100, 300, stored.length / 2, stored.length - 1, stored.length - 17}) {
            assertThat(problem(Arrays.copyOf(stored, length), ann))
                    .as("cut to %d", length)
                    .isEqualTo(DAMAGED);
        }
        assertThat(problem(Arrays.copyOf(stored, stored.length + 1), ann)).isEqualTo(DAMAGED);
    }

    @Test
    void a_stream_cut_between_two_pieces_is_damaged() throws IOException {
        byte[] stored = sealed(random(10 * PIECE, 3)).bytes();
        int header = stored.length % (PIECE + 16);
        for (int pieces = 1; pieces < 10; pieces++) {
            for (int near = -400; near <= 400; near += 1) {
                int length = pieces * (PIECE + 16) + header + near;
                if (near % 100 == 0 && length < stored.length) {
                    assertThat(problem(Arrays.copyOf(stored, length), ann)).isEqualTo(DAMAGED);
                }
            }
        }
    }

    @Test
    void another_key_is_denied_and_named() throws IOException {
        AgeIdentity stranger = AgeKeys.generate();
        byte[] stored = sealed(rows(1000)).bytes();

        StoreException e = catchThrowableOfType(StoreException.class, () -> opened(stored, stranger));

        assertThat(e.problem()).isEqualTo(DENIED);
        assertThat(e).hasMessageContaining(stranger.recipient());
    }

    @Test
    void a_failing_disk_is_not_called_damage() throws IOException {
        byte[] stored = sealed(random(300_000, 1)).bytes();
        InputStream failing = new FilterInputStream(new ByteArrayInputStream(stored)) {
            private int left = 200_000;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                left -= length;
                if (left < 0) {
                    throw new IOException("Input/output error");
                }
                return super.read(bytes, offset, length);
            }
        };
        StoreException e = catchThrowableOfType(
                StoreException.class, () -> Seal.reader(failing, ann).readAllBytes());

        assertThat(e.problem()).isEqualTo(UNREACHABLE);
    }

    @Test
    void a_failed_write_leaves_an_unfinished_stream_and_no_result() throws IOException {
        ByteArrayOutputStream reached = new ByteArrayOutputStream();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (reached.size() + length > 500_000) {
                    throw new IOException("No space left on device");
                }
                reached.write(bytes, offset, length);
            }
        };
        SealedOutput output = Seal.writer(full, List.of(ann.recipient()), 1);
        byte[] some = random(1_000_000, 5);
        // Compression works ahead on threads of its own: it may take some more until the target is reached.
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 500; i++) {
                        output.write(some);
                    }
                })
                .hasMessageContaining("No space left");
        int before = reached.size();
        output.close();

        assertThat(reached.size()).isEqualTo(before);
        assertThatThrownBy(output::stored).isInstanceOf(IllegalStateException.class);
        assertThat(problem(reached.toByteArray(), ann)).isEqualTo(DAMAGED);
    }

    @Test
    void an_abandoned_stream_cannot_be_taken_for_a_whole_one() throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        SealedOutput output = Seal.writer(stored, List.of(ann.recipient()), 1);
        output.write(random(3_000_000, 5));
        output.abandon();
        output.close();

        assertThat(problem(stored.toByteArray(), ann)).isEqualTo(DAMAGED);
        assertThatThrownBy(output::plain).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_target_is_never_closed_and_progress_is_known_before_the_end() throws IOException {
        boolean[] closed = new boolean[1];
        OutputStream target = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        SealedOutput output = Seal.writer(target, List.of(ann.recipient()), 1);
        output.write(new byte[70_000]);
        assertThat(output.plainBytes()).isEqualTo(70_000);
        output.close();

        assertThat(closed[0]).isFalse();
    }

    @Test
    void nothing_is_stored_without_a_recipient() {
        StoreException e = catchThrowableOfType(
                StoreException.class, () -> Seal.writer(new ByteArrayOutputStream(), List.of(), 1));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
    }

    private record Sealed(ByteArrayOutputStream to, Digested plain, Digested stored) {

        byte[] bytes() {
            return to.toByteArray();
        }
    }

    private Sealed sealed(byte[] plain) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        SealedOutput output = Seal.writer(stored, List.of(ann.recipient(), escrow.recipient()), 1);
        try (output) {
            output.write(plain);
        }
        return new Sealed(stored, output.plain(), output.stored());
    }

    private static byte[] opened(byte[] stored, AgeIdentity identity) throws IOException {
        try (InputStream in = Seal.reader(new ByteArrayInputStream(stored), identity)) {
            return in.readAllBytes();
        }
    }

    private static StoreException.Problem problem(byte[] stored, AgeIdentity identity) {
        StoreException e = catchThrowableOfType(StoreException.class, () -> opened(stored, identity));
        assertThat(e).isNotNull();
        return e.problem();
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] rows(int size) {
        return Rows.bytes(size, 11);
    }
}
