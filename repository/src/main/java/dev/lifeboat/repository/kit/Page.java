package dev.lifeboat.repository.kit;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;

import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.Source;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page of a kit: a template, and what this one backup puts into it. */
final class Page {

    private static final String TEMPLATE = "RESTORE.md";
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private static final Set<String> PROVIDERS = Set.of("libc", "icu", "builtin");

    private final Manifest manifest;
    private final Optional<String> signedBy;
    private final String url;

    /** {@code signedBy} is the public key of the signature that the manifest carries. */
    Page(Manifest manifest, Optional<String> signedBy, String url) {
        this.manifest = manifest;
        this.signedBy = signedBy;
        this.url = url;
    }

    /** Throws {@link StoreException} DAMAGED when the manifest says what no backup can. */
    byte[] text() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("backup", manifest.backup().value());
        values.put("database", Shell.prose(manifest.source().database()));
        values.put("server", Shell.prose(manifest.source().serverVersion()));
        values.put(
                "engine",
                Shell.prose(manifest.engine().name() + " " + manifest.engine().version()));
        values.put("taken", manifest.snapshot().time().toString());
        values.put("plain", Long.toString(manifest.plainBytes()));
        values.put("stored", Long.toString(manifest.storedBytes()));
        values.put("recipients", lines(manifest.recipients(), recipient -> "- `" + Shell.prose(recipient) + "`"));
        values.put("extensions", extensions());
        values.put("uncounted", uncounted());
        values.put("target", manifest.database() + "_restored");
        values.put("dump", Shell.word(plainName(dump())));
        values.put("signature", signature());
        values.put("globals", globals());
        values.put("remove", lines(manifest.objects(), object -> "rm -f \"$WORK\"/" + Shell.word(plainName(object))));
        values.put(
                "otherwise",
                inFolder()
                        ? "it is copied from the repository"
                        : "get it from the repository first, as the comments say (`--endpoint-url` names a store that is"
                                + " not Amazon's)");
        values.put("fetch", lines(manifest.objects(), this::fetch));
        values.put("open", lines(manifest.objects(), Page::open));
        values.put("createdb", createdb(manifest.source()));
        return filled(TEMPLATE, values).getBytes(StandardCharsets.UTF_8);
    }

    /** The object that holds the database itself. */
    private SealedObject dump() {
        return manifest.objects().stream()
                .filter(object -> object.name().endsWith(".dump.zst.age"))
                .findFirst()
                .orElseGet(() -> manifest.objects().getFirst());
    }

    private String signature() {
        return signedBy.map(key -> filled(
                        "signed.md", Map.of("key", Shell.word(key), "sums", lines(manifest.objects(), Page::sum))))
                .orElse("This backup is not signed: nothing shows who made it.");
    }

    private static String sum(SealedObject object) {
        return "echo '%s  '%s | (cd \"$KIT\" && sha256sum --check --strict)"
                .formatted(object.storedSha256(), Shell.word(object.name()));
    }

    private String globals() {
        return manifest.objects().stream()
                .filter(object -> object.name().endsWith(".globals.sql.zst.age"))
                .findFirst()
                .map(object -> filled(
                        "globals.md",
                        Map.of(
                                "file",
                                Shell.word(plainName(object)),
                                "encoding",
                                word("encoding", manifest.source().encoding()))))
                .orElse("The roles of the original are not in this backup.");
    }

    /** In one pass: a value that looks like a place for another one stays as it is. */
    private static String filled(String template, Map<String, String> values) {
        return PLACE.matcher(template(template))
                .replaceAll(place ->
                        Matcher.quoteReplacement(Objects.requireNonNull(values.get(place.group(1)), place.group(1))));
    }

    private String fetch(SealedObject object) {
        String file = "\"$KIT\"/" + Shell.word(object.name());
        if (inFolder()) {
            String from = Path.of(URI.create(url)).resolve(object.key().value()).toString();
            return "[ -f %s ] || cp %s %s".formatted(file, Shell.word(from), file);
        }
        return """
                # aws s3 cp %s %s
                [ -f %s ]""".formatted(Shell.word(url + "/" + object.key().value()), file, file);
    }

    /** A bucket cannot be reached with bare tools; the kit holds the data either way. */
    private boolean inFolder() {
        return url.startsWith("file:");
    }

    private static String open(SealedObject object) {
        String sealed = "\"$KIT\"/" + Shell.word(object.name());
        String plain = Shell.word(plainName(object));
        return """
                age --decrypt --identity "$KEY" < %s | zstd --decompress --quiet > "$WORK"/%s
                echo '%s  '%s | (cd "$WORK" && sha256sum --check --strict)""".formatted(sealed, plain, object.plainSha256(), plain);
    }

    private static String createdb(Source source) {
        List<String> words = new ArrayList<>();
        words.add("--template=template0");
        words.add("--encoding=" + word("encoding", source.encoding()));
        words.add("--lc-collate=" + word("collation", source.collation()));
        words.add("--lc-ctype=" + word("ctype", source.ctype()));
        String provider = source.localeProvider().orElse("libc");
        if (!PROVIDERS.contains(provider)) {
            throw damaged("a locale provider '%s'".formatted(Shell.prose(provider)));
        }
        if (!provider.equals("libc")) {
            words.add("--locale-provider=" + Shell.word(provider));
            source.locale().ifPresent(locale -> words.add(word("locale", "--" + provider + "-locale=" + locale)));
        }
        return "createdb " + String.join(" ", words) + " \"$TARGET\"";
    }

    /** What the manifest says of its source, as one word of a command. */
    private static String word(String what, String text) {
        if (!Shell.isWord(text)) {
            throw damaged("a control character in the %s '%s'".formatted(what, Shell.prose(text)));
        }
        return Shell.word(text);
    }

    static StoreException damaged(String what) {
        return new StoreException(
                DAMAGED,
                "the manifest is damaged: it has %s".formatted(what),
                "make the kit from another repository that has this backup, or of another backup.");
    }

    private String extensions() {
        if (manifest.source().extensions().isEmpty()) {
            return "None.";
        }
        return lines(
                manifest.source().extensions(),
                extension -> "- %s %s".formatted(Shell.prose(extension.name()), Shell.prose(extension.version())));
    }

    private String uncounted() {
        List<TableCount> left = manifest.tables().stream()
                .filter(table -> !table.countedInFull())
                .toList();
        return left.isEmpty()
                ? "All tables are compared."
                : "Not compared, because their rows are not, or not all, in the dump:\n\n" + lines(left, Page::named);
    }

    private static String named(TableCount table) {
        return "- %s.%s: %s"
                .formatted(Shell.prose(table.schema()), Shell.prose(table.name()), Shell.prose(table.note()));
    }

    /** {@code orders.dump.zst.age} holds {@code orders.dump}. */
    static String plainName(SealedObject object) {
        String name = object.name();
        return Optional.of(name)
                .filter(full -> full.endsWith(".zst.age"))
                .map(full -> full.substring(0, full.length() - ".zst.age".length()))
                .orElse(name + ".plain");
    }

    private static <T> String lines(List<T> items, Function<T, String> line) {
        return items.stream().map(line).collect(Collectors.joining("\n"));
    }

    private static String template(String name) {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip() + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
