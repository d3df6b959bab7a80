package dev.lifeboat.repository.archive;

import java.util.Arrays;
import java.util.Random;

/**
 * How fast the inspector is on one thread, for rows of several sizes, each in a piece of its own as pg_dump writes them.
 * Not a test: {@code java -cp target/classes:target/test-classes:<hash4j> dev.lifeboat.repository.archive.InspectorSpeed}.
 */
final class InspectorSpeed {

    private static final int BYTES = 200_000_000;
    private static final int READ = 64 * 1024;
    private static final int ROUNDS = 8;

    private InspectorSpeed() {}

    public static void main(String[] arguments) {
        for (int size : new int[] {20, 100, 300, 1000, 10_000, 20, 100, 300, 1000, 10_000}) {
            byte[] dump = dump(size);
            double best = 0;
            for (int round = 0; round < ROUNDS; round++) {
                best = Math.max(best, speed(dump));
            }
            System.out.printf("rows of %,6d bytes: %,6.0f MB/s%n", size, best);
        }
    }

    private static byte[] dump(int size) {
        WrittenArchive archive = new WrittenArchive(14).entry(2, "TABLE DATA", "public", "t", "", true);
        archive.begin(1, 2);
        byte[] row = new byte[size];
        Random random = new Random(1);
        for (int i = 0; i < BYTES / size; i++) {
            int length = size / 2 + random.nextInt(size);
            row = row.length < length ? new byte[length] : row;
            Arrays.fill(row, 0, length - 1, (byte) ('a' + random.nextInt(26)));
            row[length - 1] = '\n';
            archive.piece(row, 0, length);
        }
        byte[] end = "\\.\n\n\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        archive.piece(end, 0, end.length);
        archive.end();
        return archive.bytes();
    }

    private static double speed(byte[] dump) {
        long begun = System.nanoTime();
        Inspector inspector = new Inspector();
        for (int at = 0; at < dump.length; at += READ) {
            inspector.add(dump, at, Math.min(READ, dump.length - at));
        }
        inspector.end();
        return dump.length * 1e3 / (System.nanoTime() - begun);
    }
}
