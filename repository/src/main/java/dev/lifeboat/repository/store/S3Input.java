package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** An object, or a part of one, as it comes; goes on where it was when the connection breaks. */
final class S3Input extends InputStream {

    /** How often it may break without a byte in between. */
    private static final int RESUMES = 5;

    private static final Duration SMALL = Duration.ofSeconds(55);
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Bucket bucket;
    private final Key key;
    private final String version;
    private final long end;
    private final Optional<String> expected;
    private final CRC32C checksum = new CRC32C();
    private ResponseInputStream<GetObjectResponse> in;
    private long position;
    private int broken;
    private BooleanSupplier mayResume = () -> true;

    private S3Input(S3Bucket bucket, Key key, long offset, ResponseInputStream<GetObjectResponse> in) {
        this.bucket = bucket;
        this.key = key;
        this.in = in;
        this.version = in.response().eTag();
        this.position = offset;
        this.end = offset + in.response().contentLength(); // range() and open() have seen that it is there
        this.expected = Optional.ofNullable(in.response().checksumCRC32C())
                .filter(text -> in.response().contentRange() == null)
                .filter(text -> in.response().checksumType() == ChecksumType.FULL_OBJECT);
    }

    static S3Input open(S3Bucket bucket, Key key) {
        return open(bucket, key, settings -> {});
    }

    /** The same for a small document, which comes soon or not at all: it does not go on when its time is over. */
    static S3Input openSmall(S3Bucket bucket, Key key) {
        long end = System.nanoTime() + SMALL.toNanos();
        S3Input in = open(bucket, key, S3Bucket.QUICK);
        in.mayResume = () -> System.nanoTime() - end < 0;
        return in;
    }

    private static S3Input open(S3Bucket bucket, Key key, Consumer<AwsRequestOverrideConfiguration.Builder> settings) {
        // As a header and not as checksumMode: the library's own check would not survive a broken connection.
        GetObjectRequest request = request(bucket, key)
                .overrideConfiguration(both -> settings.accept(both.putHeader("x-amz-checksum-mode", "ENABLED")))
                .build();
        ResponseInputStream<GetObjectResponse> in = get(bucket, key, request);
        if (in.response().contentLength() == null) {
            throw unusable(bucket, key, in, "without saying how long it is");
        }
        return new S3Input(bucket, key, 0, in);
    }

    /** A part of it; empty when the object ends before. */
    static Optional<S3Input> open(S3Bucket bucket, Key key, long offset, long length) {
        long last = Long.MAX_VALUE - offset < length ? Long.MAX_VALUE : offset + length - 1;
        GetObjectRequest request = request(bucket, key)
                .range("bytes=%d-%d".formatted(offset, last))
                .build();
        return S3Action.READ
                .on(bucket.url(key), () -> unlessOutside(() -> bucket.client().getObject(request)))
                .map(in -> new S3Input(bucket, key, offset, range(bucket, key, offset, last, in)));
    }

    /** Refuses an answer with other bytes than those that were asked for; an object may end before. */
    private static ResponseInputStream<GetObjectResponse> range(
            S3Bucket bucket, Key key, long first, long last, ResponseInputStream<GetObjectResponse> in) {
        Optional<String> said = Optional.ofNullable(in.response().contentRange());
        Long length = in.response().contentLength();
        if (said.isEmpty() || length == null) {
            throw unusable(bucket, key, in, "without saying which part came");
        }
        long end = first + length;
        boolean whole = end - 1 == last;
        boolean ended = end - 1 < last && said.get().endsWith("/" + end);
        if (!said.get().startsWith("bytes %d-%d/".formatted(first, end - 1)) || !(whole || ended)) {
            throw unusable(bucket, key, in, "with another part than was asked for (%s)".formatted(said.get()));
        }
        return in;
    }

    private static StoreException unusable(
            S3Bucket bucket, Key key, ResponseInputStream<GetObjectResponse> in, String how) {
        in.abort();
        return new StoreException(
                UNSUITABLE,
                "'%s' was answered %s".formatted(bucket.url(key), how),
                "look at what stands between, such as a proxy: does the service offer all of S3 that is used here?");
    }

    /** How many bytes are still to come. */
    long left() {
        return end - position;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        while (position < end) {
            int count = readOrResume(into, offset, (int) Math.min(length, left()));
            if (count > 0) {
                checksum.update(into, offset, count);
                position += count;
                broken = 0;
                return count;
            }
        }
        checkWhole();
        return -1;
    }

    @Override
    public void close() throws IOException {
        if (position < end) {
            in.abort(); // otherwise the rest would be read only to keep the connection
        } else {
            in.close();
        }
    }

    private int readOrResume(byte[] into, int offset, int length) {
        try {
            int count = in.read(into, offset, length);
            if (count > 0) {
                return count;
            }
            resume(new IOException("it ended %d bytes early".formatted(left())));
        } catch (IOException | SdkException e) {
            resume(e);
        }
        return 0;
    }

    private void resume(Exception why) {
        in.abort();
        broken++;
        if (broken > RESUMES
                || !mayResume.getAsBoolean()
                || Thread.currentThread().isInterrupted()) {
            throw new StoreException(
                    UNREACHABLE,
                    "reading '%s' broke off %d bytes before its end".formatted(bucket.url(key), left()),
                    "look at the network between, and repeat it.",
                    why);
        }
        GetObjectRequest rest = request(bucket, key)
                .range("bytes=%d-%d".formatted(position, end - 1))
                .ifMatch(version)
                .build();
        try {
            in = range(bucket, key, position, end - 1, get(bucket, key, rest));
        } catch (StoreException e) {
            throw e.problem() == EXISTS ? changed(e) : e;
        }
    }

    private StoreException changed(StoreException e) {
        return new StoreException(
                DAMAGED,
                "'%s' was replaced while it was read".formatted(bucket.url(key)),
                "objects are never overwritten by Lifeboat: find out who did it.",
                e);
    }

    private void checkWhole() {
        expected.filter(text -> !text.equals(Checksums.text(checksum))).ifPresent(text -> {
            throw new StoreException(
                    DAMAGED,
                    "'%s' did not arrive as it was stored: its checksum differs".formatted(bucket.url(key)),
                    "read it again; if it stays so, use another copy.");
        });
    }

    private static <T> Optional<T> unlessOutside(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (S3Exception e) {
            if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static GetObjectRequest.Builder request(S3Bucket bucket, Key key) {
        return GetObjectRequest.builder().bucket(bucket.name()).key(bucket.name(key));
    }

    private static ResponseInputStream<GetObjectResponse> get(S3Bucket bucket, Key key, GetObjectRequest request) {
        return S3Action.READ.on(bucket.url(key), () -> bucket.client().getObject(request));
    }
}
