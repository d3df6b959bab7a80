package dev.lifeboat.repository.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lifeboat.repository.store.StoreException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever bytes come, the inspector answers or says that they are damaged, soon and within little memory. */
class DamagedArchiveTest {

    private static final int TIMES = 20_000;
    private static final long MOST_MEMORY = 16_000_000;
    private static final int[] EXTREMES = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20, 0x7fffff};

    private final byte[] sound = new WrittenArchive(14)
            .table(10, "shoes", List.of("1\tred", "2\tblue", "", "\\N"))
            .table(20, "socks", List.of("x".repeat(300), ""))
            .entry(30, "SEQUENCE SET", "public", "s", "SELECT pg_catalog.setval('public.s', 42, true);\n", false)
            .entry(31, "MATERIALIZED VIEW", "public", "m", "CREATE MATERIALIZED VIEW m", false)
            .largeObjects(40, 16_400, new byte[100])
            .bytes();

    @Test
    @Timeout(60)
    void damage_at_random_places_never_does_worse_than_a_refusal() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int refused = 0;
        for (int i = 0; i < TIMES; i++) {
            byte[] damaged = damage(random);
            long before = memory.getCurrentThreadAllocatedBytes();
            refused += isRefused(damaged, random, "seed %d, number %d".formatted(seed, i)) ? 1 : 0;
            assertThat(memory.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes of memory, seed %d, number %d", seed, i)
                    .isLessThan(MOST_MEMORY);
        }
        assertThat(refused).isBetween(TIMES / 10, TIMES - 1);
    }

    private static boolean isRefused(byte[] dump, Random random, String which) {
        Inspector inspector = new Inspector();
        int most = 1 + random.nextInt(dump.length);
        for (int at = 0; at < dump.length; ) {
            int length = Math.min(dump.length - at, 1 + random.nextInt(most));
            inspector.add(dump, at, length);
            at += length;
        }
        try {
            inspector.end();
            return false;
        } catch (StoreException e) {
            assertThat(e.problem()).as(which).isEqualTo(StoreException.Problem.DAMAGED);
            return true;
        } catch (RuntimeException e) {
            throw new AssertionError(which, e);
        }
    }

    private byte[] damage(Random random) {
        byte[] bytes = sound.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(bytes.length - 8);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> extreme(bytes, at, EXTREMES[random.nextInt(EXTREMES.length)]);
                case 2 -> {
                    // A piece moved over another: sound in itself, at the wrong place.
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(60), bytes.length - Math.max(from, at));
                    System.arraycopy(sound, from, bytes, at, length);
                }
                default -> bytes = Arrays.copyOf(bytes, Math.max(20, at));
            }
        }
        return bytes;
    }

    private static void extreme(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >> (8 * i));
        }
    }
}
