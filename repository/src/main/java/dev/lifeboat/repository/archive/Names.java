package dev.lifeboat.repository.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the names in a dump are spelled. What cannot be read that way is read as Latin 1, so that two different names are
 * never taken for one.
 */
record Names(Charset charset) {

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    /** As the entry {@code SET client_encoding = 'UTF8';} says, which comes before all names. */
    static Names of(String definition) {
        Matcher quoted = QUOTED.matcher(definition);
        return new Names(quoted.find() ? charset(quoted.group(1)) : StandardCharsets.UTF_8);
    }

    private static Charset charset(String encoding) {
        if (encoding.equals("SQL_ASCII")) {
            return StandardCharsets.UTF_8;
        }
        String name = encoding.replaceFirst("^WIN(\\d)", "windows-$1").replaceFirst("^KOI8([RU])$", "KOI8-$1");
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    String text(byte[] name) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(name)).toString();
        } catch (CharacterCodingException e) {
            return new String(name, StandardCharsets.ISO_8859_1);
        }
    }
}
