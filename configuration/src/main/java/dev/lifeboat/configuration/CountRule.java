package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which tables are counted by SQL, in the dump's own snapshot, to compare the dump with. */
public sealed interface CountRule {

    /** All of a small database, and a sample of a large one. */
    record BySize() implements CountRule {}

    record All() implements CountRule {}

    /** So many tables, chosen anew each time. */
    record Sample(int tables) implements CountRule {}

    record Off() implements CountRule {}

    static CountRule of(JsonNode node) {
        String text = Scalar.text(node);
        Matcher sample = Pattern.compile("sample:([1-9][0-9]{0,5})").matcher(text);
        if (sample.matches()) {
            return new Sample(Integer.parseInt(sample.group(1)));
        }
        return switch (text) {
            case "all" -> new All();
            case "off" -> new Off();
            default ->
                throw new Refused(
                        "%s says not what is counted".formatted(Shown.quoted(text)),
                        "write all, off, or sample:N with a number of tables, as in sample:20.");
        };
    }
}
