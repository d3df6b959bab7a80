package dev.lifeboat.repository;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.io.Serial;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * An instant in the one text in which documents are written, that of {@link Instant#toString}.
 *
 * <p>Java and Jackson read the same instant from others too, as with a small {@code t}: one flipped bit would go unnoticed.
 */
final class WrittenInstant extends StdScalarDeserializer<Instant> {

    @Serial
    private static final long serialVersionUID = 1L;

    WrittenInstant() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = parser.getValueAsString("");
        try {
            Instant instant = Instant.parse(text);
            if (instant.toString().equals(text)) {
                return instant;
            }
        } catch (DateTimeException notOne) {
            // as a text that is written otherwise
        }
        return (Instant)
                context.handleWeirdStringValue(Instant.class, text, "not an instant such as 2026-11-21T04:15:02Z");
    }
}
