package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** The parts of one upload on their way, a few at once; who brings more has to wait. */
final class S3Parts {

    /** How long parts that nobody wants any more may take to notice. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final S3Writing writing;
    private final String uploadId;
    private final int most;
    private final Semaphore room;
    private final ExecutorService senders = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("s3-part-", 0).factory());
    private final ConcurrentSkipListMap<Integer, CompletedPart> sent = new ConcurrentSkipListMap<>();
    private final Queue<byte[]> used = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Optional<RuntimeException>> failure = new AtomicReference<>(Optional.empty());

    S3Parts(S3Writing writing, String uploadId) {
        this.writing = writing;
        this.uploadId = uploadId;
        this.most = writing.bucket().location().uploadParallelism();
        this.room = new Semaphore(most);
    }

    /** An empty part with this number. */
    S3Part begin(int number) {
        byte[] buffer = used.poll();
        boolean fits = buffer != null && buffer.length <= S3Part.size(number);
        return new S3Part(number, fits ? buffer : new byte[0]);
    }

    /** Sends a part as soon as there is room; throws what an earlier one failed with. */
    void send(S3Part part) {
        int units = units(part);
        acquire(units);
        senders.execute(() -> {
            try {
                sent.put(part.number(), sendNow(part));
                used.offer(part.bytes());
            } catch (RuntimeException e) {
                failure.compareAndSet(Optional.empty(), Optional.of(e));
            } finally {
                room.release(units);
            }
        });
    }

    /** Waits for all; what the service says about them, in order. */
    List<CompletedPart> finish() {
        acquire(most);
        return List.copyOf(sent.values());
    }

    /** Stops what is on its way. */
    void stop() {
        senders.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            senders.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Large parts count for several, so that memory stays bounded when parts grow. */
    private int units(S3Part part) {
        return Math.clamp(S3Part.size(part.number()) / S3Part.size(1), 1, most);
    }

    private void acquire(int units) {
        try {
            room.acquire(units);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(
                    UNREACHABLE, "writing '%s' was interrupted".formatted(writing.url()), "repeat it.", e);
        }
        Optional<RuntimeException> failed = failure.get();
        if (failed.isPresent()) {
            room.release(units);
            throw failed.get();
        }
    }

    private CompletedPart sendNow(S3Part part) {
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(writing.bucket().name())
                .key(writing.bucket().name(writing.key()))
                .uploadId(uploadId)
                .partNumber(part.number())
                .checksumCRC32C(part.checksum())
                .build();
        ContentStreamProvider bytes = ContentStreamProvider.fromInputStreamSupplier(
                () -> new ByteArrayInputStream(part.bytes(), 0, part.length()));
        RequestBody body = RequestBody.fromContentProvider(bytes, part.length(), "application/octet-stream");
        String tag = S3Action.WRITE
                .on(writing.url(), () -> writing.bucket().client().uploadPart(request, body))
                .eTag();
        return CompletedPart.builder()
                .partNumber(part.number())
                .eTag(tag)
                .checksumCRC32C(part.checksum())
                .build();
    }
}
