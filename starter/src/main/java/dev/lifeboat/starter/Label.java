package dev.lifeboat.starter;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a line of text that is stored with a backup and shown for years: not empty, not endless, one line. */
final class Label implements ITypeConverter<String> {

    private static final int LONGEST = 500;

    @Override
    public String convert(String typed) {
        if (typed.isBlank()) {
            throw new TypeConversionException("it is empty: say it in a few words");
        }
        if (typed.length() > LONGEST) {
            throw new TypeConversionException(
                    "it has %d characters, and %d are the most".formatted(typed.length(), LONGEST));
        }
        if (typed.chars().anyMatch(Character::isISOControl)) {
            throw new TypeConversionException("it has a line feed or another control character in it");
        }
        return typed.strip();
    }
}
