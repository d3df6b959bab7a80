package dev.lifeboat.repository.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.seal.AgeKeys;
import dev.lifeboat.repository.signature.SignedDocument;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a stored backup, at whatever place, verifying it says FAIL: never PASS, and never an accident. */
class DamageTest {

    private static final int TIMES = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final long seed = Long.getLong("seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    private Repository repository;
    private Store store;
    private Key manifest;
    private List<Key> objects;
    private final Map<Key, byte[]> whole = new TreeMap<>();
    private final Set<Key> damaged = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void copy() {
        System.out.println("seed " + seed);
        repository = Golden.copiedTo(folder.resolve("store"));
        store = repository.store();
        manifest = Layout.manifest(Golden.FORMAT_2);
        objects = repository.manifest(Golden.FORMAT_2).orElseThrow().objects().stream()
                .map(object -> object.key())
                .toList();
        objects.forEach(key -> whole.put(key, content(key)));
        whole.put(manifest, content(manifest));
    }

    @Test
    void what_is_whole_passes() {
        assertThat(verify(Optional.of(Golden.identity()))).isEqualTo(Verdict.PASS);
    }

    @Test
    void a_flipped_bit_fails() {
        times(() -> change(any(), bytes -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8))));
    }

    @Test
    void a_cut_fails() {
        times(() -> {
            Key key = any();
            put(key, Arrays.copyOf(whole(key), random.nextInt(whole(key).length)));
        });
    }

    @Test
    void something_appended_fails() {
        times(() -> {
            Key key = any();
            byte[] more = Arrays.copyOf(whole(key), whole(key).length + 1 + random.nextInt(300));
            more[whole(key).length] = (byte) (random.nextBoolean() ? '\n' : random.nextInt(256));
            put(key, more);
        });
    }

    @Test
    void a_seal_with_any_one_bit_flipped_never_passes() {
        Key seal = Layout.attemptFile(Golden.FORMAT_2, "a-01234567");
        Manifest honest = repository.manifest(Golden.FORMAT_2).orElseThrow();
        whole.put(seal, content(seal));
        assertThat(IntStream.range(0, whole(seal).length * 8)
                        .filter(bit -> passes(honest, seal, bit))
                        .boxed())
                .isEmpty();
        change(seal, bytes -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8)));
        assertThat(verify(Optional.of(Golden.identity()))).as("seed %d", seed).isNotEqualTo(Verdict.PASS);
        store.delete(seal);
        assertFails("missing");
    }

    private boolean passes(Manifest honest, Key seal, int bit) {
        change(seal, bytes -> bytes[bit / 8] ^= (byte) (1 << bit % 8));
        try {
            var unused = repository.seal(honest);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    @Test
    void swapped_objects_fail() {
        put(objects.get(0), whole(objects.get(1)));
        put(objects.get(1), whole(objects.get(0)));
        assertFails("swapped");
        restore();
        put(
                objects.get(0),
                content(repository
                        .manifest(Golden.FORMAT_1)
                        .orElseThrow()
                        .objects()
                        .getFirst()
                        .key()));
        assertFails("swapped with another backup's");
    }

    @Test
    void an_object_that_is_missing_fails() {
        for (Key key : objects) {
            store.delete(key);
            assertFails(key.value());
            store.create(key.child("inside"), new byte[1]);
            assertFails(key + " is a folder");
            store.delete(key.child("inside"));
            put(key, whole(key));
        }
    }

    @Test
    void an_object_sealed_for_the_same_recipients_by_somebody_else_fails() {
        String recipient = Golden.identity().recipient();
        for (byte[] plain : List.of(Golden.dump(repository), "other".getBytes(UTF_8), new byte[0])) {
            for (Key key : objects) {
                store.delete(key);
                var unused = Vault.seal(store, key, plain, List.of(recipient));
                assertFails(key.value());
                put(key, whole(key));
            }
        }
    }

    @Test
    void the_manifest_of_another_backup_fails() {
        put(manifest, content(Layout.manifest(Golden.FORMAT_1)));
        assertFails("format 1");
        String renamed = new String(content(Layout.manifest(Golden.FORMAT_1)), UTF_8)
                .replace(Golden.FORMAT_1.value(), Golden.FORMAT_2.value());
        put(manifest, renamed.getBytes(UTF_8));
        assertFails("renamed");
    }

    @Test
    void a_forger_without_the_signing_key_fails() {
        JsonNode honest = tree();
        ((ObjectNode) honest).remove("signature");
        ((ObjectNode) honest).put("run", "backup-of-a-forger");
        byte[] unsigned = text(honest);
        put(manifest, unsigned);
        assertFails("not signed");
        put(manifest, SignedDocument.sign(unsigned, SigningKey.generate()));
        assertFails("signed by somebody else");
    }

    @Test
    void another_key_fails() {
        assertThat(verify(Optional.of(AgeKeys.generate()))).isEqualTo(Verdict.FAIL);
    }

    @Test
    void something_else_in_place_of_the_manifest_fails() {
        for (String text : List.of("", "{}", "null", "[]", "\u0000", "{\"format\": 2}", "{\"format\": 99}")) {
            put(manifest, text.getBytes(UTF_8));
            assertFails(text);
        }
        put(manifest, new byte[Store.READ_LIMIT + 1]);
        assertFails("too large");
        store.delete(manifest);
        store.create(manifest.child("inside"), new byte[1]);
        assertFails("a folder");
    }

    @TestFactory
    List<DynamicTest> each_edited_member_of_the_manifest_fails() {
        List<JsonPointer> members = new ArrayList<>();
        collect(JsonPointer.empty(), tree(), members);
        assertThat(members).hasSizeGreaterThan(50);
        return members.stream()
                .map(member -> DynamicTest.dynamicTest(member.toString(), () -> {
                    edited(member, this::other);
                    edited(member, node -> Optional.empty());
                }))
                .toList();
    }

    private void edited(JsonPointer member, java.util.function.Function<JsonNode, Optional<JsonNode>> edit) {
        JsonNode tree = tree();
        JsonNode parent = tree.at(member.head());
        Optional<JsonNode> other = edit.apply(tree.at(member));
        if (parent instanceof ObjectNode object) {
            String name = member.last().getMatchingProperty();
            other.ifPresentOrElse(node -> object.set(name, node), () -> object.remove(name));
        } else {
            int index = member.last().getMatchingIndex();
            other.ifPresentOrElse(
                    node -> ((ArrayNode) parent).set(index, node), () -> ((ArrayNode) parent).remove(index));
        }
        put(manifest, text(tree));
        assertFails(member.toString());
    }

    private Optional<JsonNode> other(JsonNode node) {
        return Optional.of(
                switch (node.getNodeType()) {
                    case NUMBER -> JSON.getNodeFactory().numberNode(node.asLong() + 1);
                    case BOOLEAN -> JSON.getNodeFactory().booleanNode(!node.asBoolean());
                    case STRING -> JSON.getNodeFactory().textNode(changed(node.asText()));
                    default -> JSON.getNodeFactory().nullNode();
                });
    }

    private String changed(String text) {
        int at = random.nextInt(Math.max(1, text.length()));
        return text.isEmpty()
                ? "x"
                : text.substring(0, at) + (text.charAt(at) == '0' ? '1' : '0') + text.substring(at + 1);
    }

    private static void collect(JsonPointer at, JsonNode node, List<JsonPointer> members) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> collect(at.appendProperty(name), object.get(name), members));
        } else if (node instanceof ContainerNode<?> array) {
            for (int i = 0; i < array.size(); i++) {
                collect(at.appendIndex(i), array.get(i), members);
            }
        }
        if (!at.matches()) {
            members.add(at);
        }
    }

    private void times(Runnable damage) {
        for (int i = 0; i < TIMES; i++) {
            damage.run();
            assertFails("time " + i);
            restore();
        }
    }

    private Key any() {
        List<Key> all = List.copyOf(whole.keySet());
        return all.get(random.nextInt(all.size()));
    }

    private void change(Key key, Consumer<byte[]> change) {
        byte[] changed = whole(key).clone();
        change.accept(changed);
        put(key, changed);
    }

    private void restore() {
        damaged.forEach(key -> put(key, whole(key)));
        damaged.clear();
    }

    private byte[] whole(Key key) {
        return Optional.ofNullable(whole.get(key)).orElseThrow();
    }

    /** Not through the store, which would wait for the disk each of a thousand times. */
    private void put(Key key, byte[] content) {
        try {
            Files.write(folder.resolve("store").resolve(key.value()), content);
            damaged.add(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] content(Key key) {
        try (InputStream in = store.open(key)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode tree() {
        try {
            return JSON.readTree(whole(manifest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a manifest is printed, so that only the edit tells. */
    private static byte[] text(JsonNode tree) {
        return (tree.toPrettyString().replace("\" : ", "\": ") + "\n").getBytes(UTF_8);
    }

    private void assertFails(String what) {
        assertThat(verify(Optional.of(Golden.identity())))
                .as("%s, seed %d", what, seed)
                .isEqualTo(Verdict.FAIL);
        assertThat(verify(Golden.trusted(), Optional.empty()))
                .as("%s without a key, seed %d", what, seed)
                .isEqualTo(Verdict.FAIL);
        assertThat(verify(TrustedKeys.of(List.of()), Optional.of(Golden.identity())))
                .as("%s with nobody trusted, seed %d", what, seed)
                .isNotEqualTo(Verdict.PASS);
    }

    private Verdict verify(Optional<AgeIdentity> identity) {
        return verify(Golden.trusted(), identity);
    }

    private Verdict verify(TrustedKeys trusted, Optional<AgeIdentity> identity) {
        return Verification.worst(Verification.of(repository, Golden.FORMAT_2, identity, trusted, (done, total) -> {})
                .run());
    }
}
