package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/** What a single written value means; each reading throws {@link Refused} and never repeats the value. */
final class Scalar {

    private Scalar() {}

    static boolean isNothing(JsonNode node) {
        return node.isNull() || (node.isTextual() && node.textValue().isBlank());
    }

    static String text(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue();
        }
        throw new Refused(
                kind(node) + " where text is expected",
                node.isContainerNode() ? "write one value after the ':'." : "put it in quotes if it is meant as text.");
    }

    static boolean trueOrFalse(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        throw new Refused(kind(node) + " where true or false is expected", "write true or false, without quotes.");
    }

    static boolean onOrOff(JsonNode node) {
        return switch (node.isTextual() ? node.textValue() : "") {
            case "on" -> true;
            case "off" -> false;
            default -> throw new Refused("neither 'on' nor 'off'", "write on or off.");
        };
    }

    static Block.Meaning<Integer> number(int smallest, int largest) {
        return node -> {
            String range = "write a whole number from %d to %d, without quotes.".formatted(smallest, largest);
            if (!node.isIntegralNumber()) {
                throw new Refused(kind(node) + " where a whole number is expected", range);
            }
            if (!node.canConvertToInt() || node.intValue() < smallest || node.intValue() > largest) {
                throw new Refused("the number is out of range", range);
            }
            return node.intValue();
        };
    }

    /** A path; a relative one begins at the folder of the settings file. */
    static Path path(String text, Path folder) {
        if (text.startsWith("~")) {
            throw new Refused("'~' is not replaced by a home folder", "write the whole path.");
        }
        if (text.isBlank() || text.indexOf('\0') >= 0) {
            throw new Refused("not a path", "write a path such as /var/lib/lifeboat.");
        }
        return folder.resolve(text).normalize();
    }

    static ObjectNode map(JsonNode node) {
        if (node instanceof ObjectNode map) {
            return map;
        }
        throw new Refused(kind(node) + " where keys are expected", "write 'key: value' lines, indented under it.");
    }

    static ArrayNode list(JsonNode node) {
        if (node instanceof ArrayNode list) {
            return list;
        }
        throw new Refused(kind(node) + " where a list is expected", "write it in brackets: [one, two].");
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "a map of keys";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case STRING, BINARY -> "text";
            case NULL, MISSING -> "nothing";
        };
    }
}
