package dev.lifeboat.workers.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** Errors as one line of text: whoever asks at the wrong address needs no JSON, and no page. */
@Singleton
@Primary
final class PlainErrors implements ErrorResponseProcessor<String> {

    @Override
    public MutableHttpResponse<String> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        return response.body(response.reason() + "\n").contentType(MediaType.TEXT_PLAIN_TYPE);
    }
}
