package dev.lifeboat.repository.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client that gives a request up when none of its bytes moves any more.
 *
 * <p>Sockets have a limit for reading and none for writing, and a limit for the whole request would kill a large part on
 * a slow line.
 */
final class StallGuard implements SdkHttpClient {

    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("s3-stall-guard").factory());

    private final SdkHttpClient client;
    private final Duration patience;

    StallGuard(SdkHttpClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        if (request.contentStreamProvider().isEmpty()) {
            return client.prepareRequest(request);
        }
        Progress progress = new Progress();
        ContentStreamProvider body = request.contentStreamProvider().get();
        HttpExecuteRequest watched = HttpExecuteRequest.builder()
                .request(request.httpRequest())
                .contentStreamProvider(() -> new Watched(body.newStream(), progress))
                .metricCollector(request.metricCollector().orElse(null))
                .build();
        return new Guarded(client.prepareRequest(watched), progress, patience);
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }

    private record Guarded(ExecutableHttpRequest request, Progress progress, Duration patience)
            implements ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() throws IOException {
            long every = Math.max(1, patience.toMillis() / 4);
            Future<?> watch = WATCH.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
            try {
                return request.call();
            } finally {
                watch.cancel(false);
            }
        }

        @Override
        public void abort() {
            request.abort();
        }

        private void look() {
            if (progress.isStalledFor(patience)) {
                // Closing a TLS connection may wait for the write that hangs: not on the thread that watches
                // all others.
                Thread.ofPlatform().daemon().name("s3-stalled").start(request::abort);
            }
        }
    }

    private static final class Progress {

        private static final long NOT_SENDING = Long.MAX_VALUE;

        private final AtomicLong moved = new AtomicLong(NOT_SENDING);

        void move(boolean ended) {
            // After the last byte it is the socket's own limit that counts.
            moved.set(ended ? NOT_SENDING : System.nanoTime());
        }

        boolean isStalledFor(Duration patience) {
            long last = moved.get();
            return last != NOT_SENDING && System.nanoTime() - last > patience.toNanos();
        }
    }

    private static final class Watched extends FilterInputStream {

        private final Progress progress;

        Watched(InputStream in, Progress progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            progress.move(next < 0);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            progress.move(count < 0);
            return count;
        }
    }
}
