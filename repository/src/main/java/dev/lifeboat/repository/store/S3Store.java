package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket as a store, at Amazon or at a service that speaks the same language. */
public final class S3Store implements Store {

    private static final int BUFFER = 256 * 1024;

    /** What a service refuses after it has read it; larger bodies might not get through to hear the refusal. */
    private static final int IN_ONE = 128 * 1024;

    private final S3Bucket bucket;

    S3Store(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** Opens it without asking the service anything yet; DENIED when there are no credentials. */
    public static S3Store open(S3Location location) {
        return new S3Store(new S3Bucket(S3Clients.open(location), location));
    }

    @Override
    public String url() {
        return bucket.location().url();
    }

    @Override
    public boolean isEmpty() {
        String prefix = bucket.location().prefix();
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .overrideConfiguration(S3Bucket.QUICK)
                .bucket(bucket.name())
                .prefix(prefix.isEmpty() ? "" : prefix + "/")
                .maxKeys(1)
                .build();
        return S3Action.LIST
                .on(url(), () -> bucket.client().listObjectsV2(request))
                .contents()
                .isEmpty();
    }

    @Override
    public Upload begin(Key key, Placement placement) {
        return S3Upload.begin(S3Writing.of(bucket, key, placement));
    }

    @Override
    public boolean create(Key key, byte[] content, Placement placement) {
        S3Writing writing = S3Writing.of(bucket, key, placement);
        try {
            if (content.length > IN_ONE) {
                writeInParts(writing, content);
            } else {
                writing.inOne(content);
            }
            return true;
        } catch (StoreException e) {
            if (e.problem() == EXISTS) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<byte[]> read(Key key) {
        try (S3Input in = S3Input.openSmall(bucket, key)) {
            if (in.left() > READ_LIMIT) {
                throw new StoreException(
                        UNSUITABLE,
                        "'%s' is larger than %d bytes and is not read at once".formatted(key, READ_LIMIT),
                        "if this should be a small document, something else was stored in its place.");
            }
            return Optional.of(in.readAllBytes());
        } catch (StoreException e) {
            if (e.problem() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // its reads say everything as StoreException
        }
    }

    @Override
    public InputStream open(Key key) {
        return new BufferedInputStream(S3Input.open(bucket, key), BUFFER);
    }

    @Override
    public InputStream open(Key key, long offset, long length) {
        if (length == 0) {
            bucket.head(key); // a range of no bytes cannot be asked for, and would be answered with all of them
            return InputStream.nullInputStream();
        }
        return S3Input.open(bucket, key, offset, length)
                .<InputStream>map(in -> new BufferedInputStream(in, BUFFER))
                .orElseGet(InputStream::nullInputStream);
    }

    @Override
    public Placement placement(Key key) {
        return bucket.placement(key, true);
    }

    @Override
    public void checkKept(Key key, Placement placement) {
        S3Writing.of(bucket, key, placement).checkStillKept();
    }

    @Override
    public List<StoredObject> list(Key folder) {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .overrideConfiguration(S3Bucket.QUICK)
                .bucket(bucket.name())
                .prefix(bucket.start(folder))
                .build();
        return S3Action.LIST.on(
                bucket.url(folder),
                () -> bucket.client().listObjectsV2Paginator(request).contents().stream()
                        .flatMap(this::stored)
                        .sorted(Comparator.comparing(StoredObject::key))
                        .toList());
    }

    @Override
    public List<String> folders(Key folder) {
        String start = bucket.start(folder);
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .overrideConfiguration(S3Bucket.QUICK)
                .bucket(bucket.name())
                .prefix(start)
                .delimiter("/")
                .build();
        return S3Action.LIST.on(
                bucket.url(folder),
                () -> bucket.client().listObjectsV2Paginator(request).commonPrefixes().stream()
                        .map(CommonPrefix::prefix)
                        .map(name -> name.substring(start.length(), name.length() - 1))
                        .sorted()
                        .toList());
    }

    @Override
    public void delete(Key key) {
        DeleteObjectRequest request = DeleteObjectRequest.builder()
                .overrideConfiguration(S3Bucket.QUICK)
                .bucket(bucket.name())
                .key(bucket.name(key))
                .build();
        try {
            S3Action.DELETE.on(bucket.url(key), () -> bucket.client().deleteObject(request));
        } catch (StoreException e) {
            if (e.problem() != NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Nobody knows: a bucket has no end. */
    @Override
    public OptionalLong free() {
        return OptionalLong.empty();
    }

    @Override
    public int sweepUploads(Key folder, Instant olderThan) {
        return new S3Uploads(bucket).sweep(folder, olderThan);
    }

    /** What the bucket keeps of an object, the newest first: also what was overwritten or deleted. */
    public List<StoredVersion> versions(Key key) {
        return bucket.versions(key);
    }

    private static void writeInParts(S3Writing writing, byte[] content) {
        try (S3Upload upload = S3Upload.begin(writing)) {
            upload.write(content, 0, content.length);
            upload.commit();
        }
    }

    /** An object whose name cannot be a key was not put there by us, and is not ours to show. */
    private Stream<StoredObject> stored(S3Object object) {
        String prefix = bucket.location().prefix();
        String name = prefix.isEmpty() ? object.key() : object.key().substring(prefix.length() + 1);
        try {
            return Stream.of(new StoredObject(new Key(name), object.size(), object.lastModified()));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }
}
