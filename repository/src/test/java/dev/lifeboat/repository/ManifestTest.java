package dev.lifeboat.repository;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {

    private static final Key KEY = Layout.manifest(Samples.ORDERS);

    private final Attempt attempt = Samples.attempt(
            Samples.ORDERS, "a1", List.of(Samples.object(Samples.ORDERS, "a1", "orders.dump.zst.age", "one")));
    private final Manifest manifest = Manifest.of(attempt, Samples.labels());

    @Test
    void comes_back_as_it_was_written() {
        assertThat(read(json(manifest))).isEqualTo(manifest);
        Manifest bare = Manifest.of(attempt, Labels.NONE);
        assertThat(read(json(bare))).isEqualTo(bare);
        assertThat(json(bare)).doesNotContain("null", "keepUntil");
    }

    @Test
    void an_attempt_comes_back_as_it_was_written() {
        byte[] bytes = Documents.write(attempt, Attempt.FORMAT);
        assertThat(Documents.read(Attempt.class, KEY, bytes, Attempt.FORMAT)).isEqualTo(attempt);
    }

    /** The bytes are kept for years and compared: a change here is a change of format. */
    @Test
    void is_the_same_bytes_as_ever() throws IOException {
        assertThat(json(manifest)).isEqualTo(kept("manifest-2.json"));
        assertThat(json(Manifest.of(attempt, Samples.labels()))).isEqualTo(json(read(json(manifest))));
    }

    @Test
    void what_an_older_lifeboat_wrote_is_read() throws IOException {
        Manifest older = read(kept("manifest-1.json"));
        assertThat(older.objects()).isEqualTo(manifest.objects());
        assertThat(older.tables()).isEqualTo(manifest.tables());
        assertThat(older.largeObjects()).isEmpty();
        assertThat(older.sequences()).isEmpty();
        assertThat(older.schemaFingerprint()).isEmpty();
    }

    @Test
    void says_that_it_is_a_manifest() {
        assertDamaged(json(manifest).replace("\"kind\": \"manifest\"", "\"kind\": \"report\""));
        assertDamaged(json(manifest).replace("  \"kind\": \"manifest\",\n", ""));
        assertDamaged(new String(Documents.write(attempt, Attempt.FORMAT), UTF_8));
    }

    @Test
    void adds_up_its_objects() {
        assertThat(manifest.storedBytes()).isEqualTo(3);
        assertThat(manifest.plainBytes()).isEqualTo(9);
        assertThat(manifest.ratio()).isEqualTo(3.0);
        assertThat(json(manifest)).doesNotContain("\"ratio\"", "\"empty\"");
    }

    @Test
    void a_newer_format_is_refused_in_words() {
        StoreException e = catchThrowableOfType(
                StoreException.class, () -> read(json(manifest).replace("\"format\": 2", "\"format\": 3")));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e).hasMessageContaining("written by a newer Lifeboat: format 3; this one reads up to 2");
        assertThat(e).hasMessageContaining(KEY.value());
    }

    @Test
    void fields_of_tomorrow_are_ignored() {
        String more = json(manifest).replace("\"run\":", "\"proof\": {\"x\": [1]},\n  \"run\":");
        assertThat(read(more)).isEqualTo(manifest);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "format": 2                | "format": "2"
                    "format": 2                | "format": 0
                    "format": 2                | "format": 2.5
                    "format": 2,               |
                    "attempt": "a1"            | "attempt": "a2"
                    "attempt": "a1"            | "attempt": "../a1"
                    "attempt": "a1"            | "attempt": null
                    "plainBytes": 9,           |
                    "plainBytes": 9            | "plainBytes": null
                    "plainBytes": 9            | "plainBytes": "many"
                    "database": "orders"       | "database": "other"
                    "backup": "orders-         | "backup": "../orders-
                    "begin": "2026-11-21T      | "begin": "yesterday
                    "begin": "2026-11-21T      | "begin": "+1000000000-11-21T
                    "begin": "2026-11-21T      | "begin": "2026-11-21t
                    "begin": "2026-11-21T      | "begin": "+2026-11-21T
                    "begin":                   | "begin": 1795147200, "was":
                    data/a1/orders             | data/a1/../orders
                    "name": "orders.dump       | "name": "other.dump
                    "objects": [               | "object": [
                    """)
    void what_makes_no_sense_is_damaged_and_named(String was, @Nullable String is) {
        String changed = json(manifest).replaceFirst(Pattern.quote(was), is == null ? "" : is);
        assertThat(changed).isNotEqualTo(json(manifest));
        assertDamaged(changed);
    }

    @Test
    void cut_and_empty_documents_are_damaged() {
        String whole = json(manifest);
        for (int length = 0; length < whole.length() - 1; length += 7) {
            assertDamaged(whole.substring(0, length));
        }
        assertDamaged(whole + "x");
        assertDamaged("[]");
        assertDamaged("null");
        assertDamaged("{\"format\": 1}");
        assertDamaged("{\"format\": 1, " + whole.substring(1));
    }

    @Test
    void names_only_objects_of_its_own_attempt() {
        SealedObject foreign = Samples.object(Samples.ORDERS, "a2", "orders.dump.zst.age", "one");
        assertThatThrownBy(() -> Samples.attempt(Samples.ORDERS, "a1", List.of(foreign)))
                .hasMessageContaining("does not belong");
    }

    private static String kept(String name) throws IOException {
        try (InputStream kept = Objects.requireNonNull(ManifestTest.class.getResourceAsStream(name))) {
            return new String(kept.readAllBytes(), UTF_8);
        }
    }

    private static String json(Manifest manifest) {
        return new String(Documents.write(manifest, Manifest.FORMAT, Manifest.KIND), UTF_8);
    }

    private static Manifest read(String json) {
        return SignedManifest.read(Samples.ORDERS, json.getBytes(UTF_8)).manifest();
    }

    private static void assertDamaged(String json) {
        StoreException e = catchThrowableOfType(StoreException.class, () -> read(json));
        assertThat(e).as(json).isNotNull();
        assertThat(e.problem()).as(json).isEqualTo(DAMAGED);
        assertThat(e).hasMessageContaining(KEY.value());
    }
}
