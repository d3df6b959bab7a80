package dev.lifeboat.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Settings files as tests write them: RECIPIENT and MAIN stand for the long parts that are the same everywhere. */
final class Written {

    static final String RECIPIENT = "age1" + "q".repeat(58);

    /** One repository in two lines, so that what follows begins on line 3. */
    static final String MAIN = "repositories:\n  main: { url: \"file:/r\", recipients: [RECIPIENT] }\n";

    static final String SIMPLE = "databases:\n  simple: { url: \"postgresql://u@h/simple\" }\n";

    private Written() {}

    static Path file(Path folder, String text) {
        try {
            return Files.writeString(folder.resolve("lifeboat.yml"), text.replace("RECIPIENT", RECIPIENT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Settings load(Path folder, String text) {
        return Settings.load(file(folder, text), Map.of("HOME", "/home/ann"));
    }

    /** One database, whose lines begin on line 5. */
    static String database(String lines) {
        return MAIN + "databases:\n  orders:\n    " + lines;
    }

    static String backup(String line) {
        return database("url: \"postgresql://u@h/o\"\n    backup: { " + line + " }");
    }
}
