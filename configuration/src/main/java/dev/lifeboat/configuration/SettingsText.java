package dev.lifeboat.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text of a settings file: bounded, UTF-8, not empty. */
final class SettingsText {

    /** A hundred databases take about 30 KiB; nobody writes more than this by hand. */
    private static final int LARGEST = 1 << 20;

    private static final String WHERE = "choose the file with --config or LIFEBOAT_CONFIG";

    private SettingsText() {}

    static String read(Path file) {
        byte[] bytes = bytes(file);
        if (bytes.length > LARGEST) {
            throw refuse(
                    file, 0, "the file is larger than 1 MiB", "this is hardly a Lifeboat configuration; %s.", WHERE);
        }
        String text = decode(file, bytes);
        if (text.isBlank()) {
            throw refuse(
                    file,
                    0,
                    "the file is empty",
                    "write one with '%s', or copy lifeboat.example.yml.",
                    "lifeboat init");
        }
        return text;
    }

    private static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw refuse(file, 0, "this is a folder, not a file", "name the lifeboat.yml inside it; %s.", WHERE);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw refuse(file, 0, "there is no such file", "write one with 'lifeboat init', or %s.", WHERE);
        } catch (AccessDeniedException e) {
            throw refuse(
                    file,
                    0,
                    "the file may not be read by user '%s'".formatted(System.getProperty("user.name")),
                    "give that user the right to read it, or %s.",
                    WHERE);
        } catch (IOException e) {
            throw refuse(file, 0, "the file cannot be read", "look at it with 'ls -l' and 'cat', or %s.", WHERE);
        }
    }

    private static String decode(Path file, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            String hint = "save the file as UTF-8; %s shows the line.";
            throw refuse(file, lineAt(bytes, in.position()), "the file is not UTF-8 text", hint, "an editor");
        }
        return out.flip().toString();
    }

    private static int lineAt(byte[] bytes, int position) {
        int line = 1;
        for (int at = 0; at < position; at++) {
            line += bytes[at] == '\n' ? 1 : 0;
        }
        return line;
    }

    private static ConfigurationException refuse(Path file, int line, String problem, String hint, String more) {
        return new Place(file, line, "").refuse(problem, hint.formatted(more));
    }
}
