package dev.lifeboat.repository.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of an object in a store: segments of {@code A-Z a-z 0-9 . _ = -} joined by slashes, never a way out of the store.
 *
 * <p>Throws {@link IllegalArgumentException} when it is not one.
 */
public record Key(@JsonValue String value) implements Comparable<Key> {

    static final String UPLOAD_PREFIX = ".upload-";

    private static final int LONGEST = 900;
    private static final int LONGEST_SEGMENT = 200;
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._=-]+");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Key {
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a key has at most %d characters, not %d".formatted(LONGEST, value.length()));
        }
        for (String segment : value.split("/", -1)) {
            check(segment, value);
        }
    }

    /** The key of {@code path}, one or several segments, below this one. */
    public Key child(String path) {
        return new Key(value + "/" + path);
    }

    /** The last segment. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** Whether this key lies below {@code folder}, at any depth. */
    public boolean isBelow(Key folder) {
        return value.startsWith(folder.value + "/");
    }

    @Override
    public int compareTo(Key other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static void check(String segment, String value) {
        if (segment.isEmpty()) {
            throw wrong(value, "it has an empty segment");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw wrong(value, "it would lead out of its folder");
        }
        if (!SEGMENT.matcher(segment).matches()) {
            throw wrong(value, "only letters, digits and the characters . _ = - are allowed between slashes");
        }
        if (segment.length() > LONGEST_SEGMENT) {
            throw wrong(value, "a segment has at most %d characters".formatted(LONGEST_SEGMENT));
        }
        if (segment.startsWith(UPLOAD_PREFIX)) {
            throw wrong(value, "names that begin with '%s' belong to unfinished uploads".formatted(UPLOAD_PREFIX));
        }
    }

    private static IllegalArgumentException wrong(String value, String why) {
        return new IllegalArgumentException("'%s' cannot be a key: %s".formatted(value, why));
    }
}
