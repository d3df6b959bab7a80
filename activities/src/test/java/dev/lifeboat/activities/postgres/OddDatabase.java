package dev.lifeboat.activities.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A database with every odd feature that a dump has to carry, as {@code odd.sql} makes it. */
public final class OddDatabase {

    private OddDatabase() {}

    /** Makes it under that name, which must be free. It can be restored by bare tools. */
    public static void create(TestPostgres server, String name) {
        server.createDatabase(name);
        server.execute(name, sql());
    }

    private static String sql() {
        try (InputStream sql = Objects.requireNonNull(OddDatabase.class.getResourceAsStream("odd.sql"))) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
