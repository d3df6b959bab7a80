package dev.lifeboat.workflows;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.lifeboat.workflows.journal.Answer;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.common.converter.PayloadConverter;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * How everything that passes through Temporal is written: JSON with ISO times, at most 64 KiB a piece. Worker, command
 * and tests all use this one. What an older or newer Lifeboat wrote is read as far as it goes.
 */
public final class Payloads {

    /** What grows with a database is a stored document; only its address passes through Temporal. */
    public static final int LIMIT = 64 * 1024;

    private static final int REQUEST_LIMIT = 16 * 1024;

    private Payloads() {}

    public static DataConverter converter() {
        return DefaultDataConverter.newDefaultInstance().withPayloadConverterOverrides(new SmallJson(mapper()));
    }

    /** The mapper behind the converter, for whoever prints a payload as it is. */
    public static JsonMapper mapper() {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build();
    }

    private static final class SmallJson implements PayloadConverter {

        private final JacksonJsonPayloadConverter json;

        SmallJson(JsonMapper mapper) {
            this.json = new JacksonJsonPayloadConverter(mapper);
        }

        @Override
        public String getEncodingType() {
            return json.getEncodingType();
        }

        /** @throws DataConverterException if {@code value} takes more than 64 KiB */
        @Override
        public Optional<Payload> toData(Object value) {
            Optional<Payload> data = json.toData(value);
            data.ifPresent(it -> refuseLarge(value, it.getData().size()));
            return data;
        }

        @Override
        public <T> T fromData(Payload content, Class<T> type, Type generic) {
            if (type.equals(Answer.class)) {
                return answer(content, type, generic);
            }
            if (!Request.class.isAssignableFrom(type)) {
                return json.fromData(content, type, generic);
            }
            if (content.getData().size() > REQUEST_LIMIT) {
                throw new UnreadableRequest("the input takes %d bytes; a request takes at most %d"
                        .formatted(content.getData().size(), REQUEST_LIMIT));
            }
            try {
                return json.fromData(content, type, generic);
            } catch (DataConverterException e) {
                throw new UnreadableRequest(
                        "the input is no %s%s%s".formatted(type.getSimpleName(), problem(e), plainest(type)));
            }
        }

        // Only what a request itself says: the parser's own words would quote the input.
        private static String problem(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof ValueInstantiationException
                        && cause.getCause() instanceof IllegalArgumentException own) {
                    return ": " + own.getMessage();
                }
            }
            return "";
        }

        private static String plainest(Class<?> type) {
            Plainest plainest = type.getAnnotation(Plainest.class);
            return plainest == null ? "" : "; the plainest one is " + plainest.value();
        }

        // People type answers by hand, and read in Temporal's page why one was refused.
        private <T> T answer(Payload content, Class<T> type, Type generic) {
            try {
                return json.fromData(content, type, generic);
            } catch (DataConverterException e) {
                throw new DataConverterException(Answer.EXAMPLE);
            }
        }

        private static void refuseLarge(Object value, int bytes) {
            if (bytes > LIMIT) {
                throw new DataConverterException(
                        "%s takes %d bytes, more than the %d that may pass through Temporal: store it as a document"
                                .formatted(value.getClass().getSimpleName(), bytes, LIMIT));
            }
        }
    }
}
