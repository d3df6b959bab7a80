package dev.lifeboat.starter.demo;

import dev.lifeboat.starter.local.ThrowAwayPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A small shop's database on a throw-away server, with text, JSON, money and times; and how to compare two of them. */
final class DemoDatabase {

    static final String NAME = "orders";

    private static final List<String> SHOP = List.of(
            """
            CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
                                    email text NOT NULL UNIQUE, joined timestamptz NOT NULL)
            """,
            """
            CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                                 customer_id bigint NOT NULL REFERENCES customers, placed timestamptz NOT NULL,
                                 total numeric(10, 2) NOT NULL CHECK (total >= 0), paid boolean NOT NULL,
                                 details jsonb NOT NULL)
            """,
            """
            CREATE TABLE payments (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                                   order_id bigint NOT NULL REFERENCES orders, amount numeric(10, 2) NOT NULL,
                                   received timestamptz NOT NULL)
            """,
            "CREATE VIEW unpaid AS SELECT * FROM orders WHERE NOT paid",
            """
            INSERT INTO customers (name, email, joined)
            SELECT 'Customer ' || n, 'c' || n || '@example.org', timestamptz '2024-01-01 00:00+00' + n * interval '17 minutes'
            FROM generate_series(1, 40000) n
            """,
            """
            INSERT INTO orders (customer_id, placed, total, paid, details)
            SELECT 1 + n % 40000, timestamptz '2025-01-01 00:00+00' + n * interval '31 seconds', (n % 90000) / 100.0, n % 7 <> 0,
                   jsonb_build_object('note', md5(n::text) || ' ' || md5((n * 7)::text), 'items', n % 5,
                                      'city', (ARRAY['Århus', 'Kyiv', '東京', 'São Paulo'])[1 + n % 4])
            FROM generate_series(1, 400000) n
            """,
            """
            INSERT INTO payments (order_id, amount, received)
            SELECT id, total, placed + interval '2 hours' FROM orders WHERE paid
            """,
            "CREATE INDEX ON orders (customer_id, placed)",
            "ANALYZE");

    private final ThrowAwayPostgres server;

    DemoDatabase(ThrowAwayPostgres server) {
        this.server = server;
    }

    void fill() {
        run("postgres", List.of("CREATE DATABASE " + NAME));
        run(NAME, SHOP);
        // From here on the server writes down what it is asked, so that reads of tables can be counted.
        run("postgres", List.of("ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()"));
    }

    /** A fingerprint of every table of {@code database}, with its rows: one line a table, in order. */
    List<Fingerprint> fingerprints(String database) {
        List<Fingerprint> found = new ArrayList<>();
        try (Connection connection = connect(database)) {
            for (String table : List.of("customers", "orders", "payments")) {
                found.add(fingerprint(connection, table));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the demo's server does not answer", e);
        }
    }

    private static Fingerprint fingerprint(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*), sum(hashtextextended(t::text, 0)), sum(hashtextextended(t::text, 1)) FROM %s t"
                                .formatted(table))) {
            row.next();
            return new Fingerprint(table, row.getLong(1), row.getString(2) + " " + row.getString(3));
        }
    }

    private void run(String database, List<String> statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the demo's database could not be filled", e);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), ThrowAwayPostgres.USER, server.password());
    }

    /** What a table holds: its rows, and two sums over the hashes of all of them. */
    record Fingerprint(String table, long rows, String sums) {}
}
