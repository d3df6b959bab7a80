package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    private final UploadMemory memory;

    /** The one part that may be in memory however little of that is left. */
    private final Semaphore own = new Semaphore(1);

    private final ExecutorService senders = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("s3-part-", 0).factory());
    private final ConcurrentSkipListMap<Integer, CompletedPart> sent = new ConcurrentSkipListMap<>();
    private final AtomicReference<Optional<RuntimeException>> failure = new AtomicReference<>(Optional.empty());

    private Runnable giveBack = () -> {};
    private int last;

    S3Parts(S3Writing writing, String uploadId) {
        this(writing, uploadId, UploadMemory.OF_PROCESS);
    }

    S3Parts(S3Writing writing, String uploadId, UploadMemory memory) {
        this.writing = writing;
        this.uploadId = uploadId;
        this.most = writing.bucket().location().uploadParallelism();
        this.room = new Semaphore(most);
        this.memory = memory;
    }

    /** An empty part with this number, as soon as there is memory for it; the one before must have been sent. */
    S3Part begin(int number) {
        if (!S3Part.isAllowed(number)) {
            throw new StoreException(
                    UNSUITABLE,
                    "'%s' is larger than %d GiB, which is the most that one S3 object of this version can be"
                            .formatted(writing.url(), S3Part.mostInAll()),
                    "exclude the data of large tables, or split the database.");
        }
        giveBack = takeMemory(S3Part.size(number));
        last = number;
        return new S3Part(number);
    }

    /** How to give it back. */
    private Runnable takeMemory(long bytes) {
        if (!own.tryAcquire()) {
            if (memory.takeIfLeft(bytes)) {
                return () -> memory.give(bytes);
            }
            acquire(own, 1);
        }
        memory.take(bytes);
        return () -> {
            memory.give(bytes);
            own.release();
        };
    }

    /** Sends a part as soon as there is room; throws what an earlier one failed with. */
    void send(S3Part part) {
        acquire(room, 1);
        Runnable memoryBack = giveBack;
        senders.execute(() -> {
            try {
                sent.put(part.number(), sendNow(part));
            } catch (RuntimeException e) {
                failure.compareAndSet(Optional.empty(), Optional.of(e));
            } catch (
                    Throwable
                            e) { // also what is no exception: a part that is lost in silence would be a damaged object
                failure.compareAndSet(Optional.empty(), Optional.of(broken(e)));
            } finally {
                memoryBack.run();
                room.release();
            }
        });
        giveBack = () -> {};
    }

    /** Waits for all; what the service says about them, in order. */
    List<CompletedPart> finish() {
        acquire(room, most);
        if (sent.size() != last) {
            throw new StoreException(
                    UNREACHABLE,
                    "only %d of %d parts of '%s' were sent".formatted(sent.size(), last, writing.url()),
                    "repeat it.");
        }
        return List.copyOf(sent.values());
    }

    private StoreException broken(Throwable e) {
        return new StoreException(
                UNREACHABLE,
                "writing '%s' broke off here: %s".formatted(writing.url(), e),
                "see the log: this process may be short of memory or threads.",
                e);
    }

    /** Stops what is on its way. */
    void stop() {
        giveBack.run();
        giveBack = () -> {};
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

    private void acquire(Semaphore place, int units) {
        try {
            place.acquire(units);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(
                    UNREACHABLE, "writing '%s' was interrupted".formatted(writing.url()), "repeat it.", e);
        }
        Optional<RuntimeException> failed = failure.get();
        if (failed.isPresent()) {
            place.release(units);
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
