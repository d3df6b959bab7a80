package dev.lifeboat.repository.store;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/** A client that loses the answer to the first try of every create-only request: the service has done it all the same. */
final class ForgetfulHttpClient implements SdkHttpClient {

    private final SdkHttpClient client;
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    ForgetfulHttpClient(SdkHttpClient client) {
        this.client = client;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpRequest http = request.httpRequest();
        ExecutableHttpRequest real = client.prepareRequest(request);
        String name = http.firstMatchingHeader("amz-sdk-invocation-id").orElseThrow();
        if (http.firstMatchingHeader("If-None-Match").isEmpty() || !lost.add(name)) {
            return real;
        }
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                HttpExecuteResponse answer = real.call();
                answer.responseBody().ifPresent(body -> body.abort());
                throw new IOException("lost the answer with status %d"
                        .formatted(answer.httpResponse().statusCode()));
            }

            @Override
            public void abort() {
                real.abort();
            }
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
