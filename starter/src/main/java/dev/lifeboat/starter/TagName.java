package dev.lifeboat.starter;

import dev.lifeboat.workflows.model.Tag;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a tag that somebody typed. */
final class TagName implements ITypeConverter<Tag> {

    @Override
    public Tag convert(String typed) {
        try {
            return new Tag(typed);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
