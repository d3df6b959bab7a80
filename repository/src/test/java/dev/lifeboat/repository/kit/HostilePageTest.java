package dev.lifeboat.repository.kit;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Compression;
import dev.lifeboat.repository.Engine;
import dev.lifeboat.repository.Extension;
import dev.lifeboat.repository.Labels;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.Snapshot;
import dev.lifeboat.repository.Source;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.seal.Tools;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of a manifest that somebody else wrote, with commands in every text. */
class HostilePageTest {

    private static final BackupId ORDERS = new BackupId("orders-20261121T020000Z-k3x9");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```sh\n(.*?)^```$", Pattern.DOTALL);
    private static final String PLANTED = "x'; touch PLANTED; $(touch PLANTED) `touch PLANTED` \\'\"; {{createdb}} #";
    private static final String LINES = PLANTED + "\n```sh\ntouch PLANTED\n```\n~~~\u2028\u202e";

    @TempDir
    Path folder;

    @Test
    void nothing_planted_leaves_its_quotes() throws Exception {
        Tools.need("bash");
        String hostile = blocks(page(manifest(PLANTED, LINES, "icu", "orders.globals.sql.zst.age")));
        String harmless = blocks(page(manifest("C", "none", "icu", "orders.globals.sql.zst.age")));

        assertThat(hostile.lines()).hasSameSizeAs(harmless.lines().toList());
        assertThat(hostile).contains("PLANTED");
        assertThat(hostile.lines().filter(line -> line.contains("PLANTED")))
                .allSatisfy(line -> assertThat(outsideQuotes(line)).doesNotContain("PLANTED"));
        Files.writeString(folder.resolve("page.sh"), hostile);
        Tools.run(folder, List.of("bash", "-n", "page.sh"), 0);
        String createdb = hostile.lines()
                .filter(line -> line.startsWith("createdb "))
                .findFirst()
                .orElseThrow();
        assertThat(Tools.bash(folder, "TARGET=copy\ncreatedb() { printf '<%s>' \"$@\"; }\n" + createdb))
                .isEqualTo(
                        "<--template=template0><--encoding=%1$s><--lc-collate=%1$s><--lc-ctype=%1$s>".formatted(PLANTED)
                                + "<--locale-provider=icu><--icu-locale=%s><copy>".formatted(PLANTED));
        assertThat(folder.resolve("PLANTED")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"icu-x; touch PLANTED; true ", "ICU", "", "icu\n", "default"})
    void a_locale_provider_that_no_server_has_is_damage(String provider) {
        assertDamaged(manifest("C", "none", provider, "orders.globals.sql.zst.age"), "a locale provider '");
    }

    @Test
    void a_control_character_in_a_word_is_damage() {
        assertDamaged(manifest("C\nx", "none", "icu", "orders.globals.sql.zst.age"), "a control character in the ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows.sql.zst.age", "Rows.SQL.zst.age", "RESTORE.md", "orders.dump", "age.key.zst.age"})
    void no_object_takes_the_place_of_another_file(String name) {
        Manifest manifest = manifest("C", "none", "icu", name);
        StoreException e = catchThrowableOfType(StoreException.class, () -> KitNames.check(manifest.objects()));
        assertThat(e.problem()).isEqualTo(DAMAGED);
    }

    @Test
    void table_names_stay_names() {
        String name = "a\\' \"\n\\! touch PLANTED";
        assertThat(new String(new Rows(List.of(TableCount.counted("s", name, 1))).queries(), UTF_8))
                .isEqualTo("SELECT E'\"s\".\"a\\\\'' \"\"\n\\\\! touch PLANTED\"' || ' ' || count(*)"
                        + " FROM ONLY \"s\".\"a\\' \"\"\n\\! touch PLANTED\";\n");
        Rows zero = new Rows(List.of(TableCount.counted("s", "a\0", 1)));
        assertThat(catchThrowableOfType(StoreException.class, zero::queries).problem())
                .isEqualTo(DAMAGED);
    }

    @Test
    void data_from_a_bucket_is_in_the_kit_and_fetched_by_hand_otherwise() throws Exception {
        Tools.need("bash");
        String page = new String(
                new Page(manifest("C", "none", "icu", "x"), Optional.empty(), "s3://safe/it's").text(), UTF_8);
        String object = Layout.object(ORDERS, "a1", "x").value();
        assertThat(page)
                .contains("# aws s3 cp 's3://safe/it'\\''s/" + object + "' \"$KIT\"/'x'\n[ -f \"$KIT\"/'x' ]\n");
        String fetch = BLOCK.matcher(page).results().toList().get(1).group(1);
        String script = "set -e\nKIT=$PWD\n" + fetch;
        Files.writeString(folder.resolve("orders.dump.zst.age"), "");
        Tools.run(folder, List.of("bash", "-c", script), 1);
        Files.writeString(folder.resolve("x"), "");
        Tools.run(folder, List.of("bash", "-c", script), 0);
    }

    private static void assertDamaged(Manifest manifest, String words) {
        StoreException e = catchThrowableOfType(StoreException.class, () -> page(manifest));
        assertThat(e).hasMessageContaining(words);
        assertThat(e.problem()).isEqualTo(DAMAGED);
    }

    private static String page(Manifest manifest) {
        return new String(new Page(manifest, Optional.of(PLANTED), "file:/x").text(), UTF_8);
    }

    private static String blocks(String page) {
        return BLOCK.matcher(page)
                .results()
                .map((MatchResult it) -> it.group(1))
                .collect(Collectors.joining());
    }

    private static String outsideQuotes(String line) {
        return line.replaceAll("'[^']*'|\\\\'", "");
    }

    private static Manifest manifest(String word, String text, String provider, String second) {
        Source source = new Source(
                text,
                text,
                text,
                List.of(new Extension(text, text)),
                word,
                word,
                word,
                Optional.of(provider),
                Optional.of(word),
                Optional.of(text),
                Optional.of(text),
                Optional.empty(),
                1);
        Attempt attempt = new Attempt(
                "a1",
                text,
                ORDERS,
                "orders",
                new Engine(text, text),
                source,
                new Snapshot(ORDERS.takenAt(), text, false),
                List.of(object("orders.dump.zst.age"), object(second)),
                List.of(TableCount.notCounted(text, text, text)),
                Optional.empty(),
                List.of(),
                Optional.of(text),
                List.of(text),
                new Compression(text, 1),
                ORDERS.takenAt(),
                ORDERS.takenAt().plusSeconds(60),
                List.of(text));
        return Manifest.of(attempt, Labels.NONE);
    }

    private static SealedObject object(String name) {
        Key key = Layout.object(ORDERS, "a1", name);
        return new SealedObject(key, name, 1, "0".repeat(64), 1, "0".repeat(64));
    }
}
