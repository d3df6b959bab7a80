package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** The look of a public age key; whether it is one is found out where it is used. */
final class AgeRecipient {

    /** Lower-case bech32 of 32 bytes and its checksum, which has no b, i, o and no 1. */
    private static final Pattern LOOK = Pattern.compile("age1[02-9ac-hj-np-z]{58}");

    private AgeRecipient() {}

    static String check(JsonNode node) {
        String text = Scalar.text(node);
        if (LOOK.matcher(text).matches()) {
            return text;
        }
        if (text.startsWith("AGE-SECRET-KEY-")) {
            throw new Refused(
                    "this is a secret key, not a recipient",
                    "write its public half ('age-keygen -y FILE' prints it), and make a new key if others saw this file.");
        }
        throw new Refused(
                "not an age recipient",
                "a recipient is 'age1' and 58 lower-case letters and digits, as 'age-keygen -y FILE' prints it.");
    }
}
