package dev.lifeboat.starter;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an instant that somebody typed. Without an offset nobody knows which instant it is, so it is refused. */
final class Moment implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String typed) {
        try {
            return OffsetDateTime.parse(typed).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "'%s' is no time with an offset, such as 2026-12-31T00:00:00Z or 2026-12-31T01:00:00+01:00"
                            .formatted(typed));
        }
    }
}
