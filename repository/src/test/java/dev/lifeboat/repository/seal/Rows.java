package dev.lifeboat.repository.seal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Bytes that look like the rows of a dumped table: ids, times, names, amounts, a little JSON. */
final class Rows {

    private static final String[] WORDS = {"paid", "open", "shipped", "returned", "Hamburg", "Wien", "Zürich", "Roma"};

    private Rows() {}

    static byte[] bytes(int size, long seed) {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder(size + 300);
        for (long id = 1; rows.length() < size; id++) {
            rows.append(id)
                    .append('\t')
                    .append(Long.toHexString(random.nextLong()))
                    .append("\t2026-0");
            rows.append(1 + random.nextInt(9))
                    .append('-')
                    .append(10 + random.nextInt(18))
                    .append(" 03:");
            rows.append(10 + random.nextInt(50))
                    .append(':')
                    .append(10 + random.nextInt(50))
                    .append("+00\t");
            rows.append(word(random))
                    .append('\t')
                    .append(random.nextInt(100_000))
                    .append(".00\t{\"city\": \"");
            rows.append(word(random))
                    .append("\", \"items\": ")
                    .append(random.nextInt(20))
                    .append(", \"note\": \"");
            rows.append(word(random)).append(' ').append(word(random)).append("\"}\n");
        }
        return Arrays.copyOf(rows.toString().getBytes(StandardCharsets.UTF_8), size);
    }

    private static String word(Random random) {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
