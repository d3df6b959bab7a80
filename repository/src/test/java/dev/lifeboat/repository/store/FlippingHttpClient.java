package dev.lifeboat.repository.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;

/** A client that turns one bit over in the body of every PUT, after it was signed. */
final class FlippingHttpClient implements SdkHttpClient {

    private final SdkHttpClient client;

    FlippingHttpClient(SdkHttpClient client) {
        this.client = client;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        if (request.httpRequest().method() != SdkHttpMethod.PUT
                || request.contentStreamProvider().isEmpty()) {
            return client.prepareRequest(request);
        }
        ContentStreamProvider body = request.contentStreamProvider().get();
        return client.prepareRequest(HttpExecuteRequest.builder()
                .request(request.httpRequest())
                .contentStreamProvider(() -> new Flipped(body.newStream()))
                .build());
    }

    @Override
    public void close() {
        client.close();
    }

    private static final class Flipped extends FilterInputStream {

        private boolean done;

        Flipped(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0 && !done) {
                done = true;
                bytes[offset + count / 2] ^= 1;
            }
            return count;
        }
    }
}
