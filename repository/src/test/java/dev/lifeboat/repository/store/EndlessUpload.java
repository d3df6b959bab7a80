package dev.lifeboat.repository.store;

import java.io.IOException;
import java.net.URI;

/** A program that uploads without an end, to be killed: its arguments are place, endpoint, key and secret. */
final class EndlessUpload {

    static final Key KEY = new Key("endless/upload");

    private EndlessUpload() {}

    @SuppressWarnings("InfiniteLoopStatement")
    public static void main(String[] arguments) throws IOException {
        S3Store store = S3Store.open(S3Location.of(arguments[0])
                .withRegion("us-east-1")
                .withEndpoint(URI.create(arguments[1]), true)
                .withCredentials(new S3Credentials.Keys(arguments[2], arguments[3])));
        try (Upload upload = store.begin(KEY)) {
            byte[] bytes = new byte[64 * 1024];
            while (true) {
                upload.write(bytes);
            }
        }
    }
}
