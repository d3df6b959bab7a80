package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * An object that is to be written: its name, how it is to be kept, and the mark by which we know it again.
 *
 * @param mark unlike that of any other writing
 */
record S3Writing(S3Bucket bucket, Key key, Placement placement, String mark) {

    static S3Writing of(S3Bucket bucket, Key key, Placement placement) {
        return new S3Writing(bucket, key, placement, UUID.randomUUID().toString());
    }

    String url() {
        return bucket.url(key);
    }

    boolean isThere() {
        return bucket.isMarked(key, mark);
    }

    /** Writes it with one request; EXISTS when the name is taken. */
    void inOne(byte[] content) {
        RequestBody body = RequestBody.fromContentProvider(
                ContentStreamProvider.fromByteArrayUnsafe(content), content.length, "application/octet-stream");
        PutObjectRequest request = request(content);
        try {
            S3Action.WRITE.on(url(), () -> bucket.client().putObject(request, body));
        } catch (StoreException e) {
            // The answer to an earlier try may have been lost: then it is our own object that is in the way.
            if (e.problem() != EXISTS || !isThere()) {
                throw e;
            }
        }
        checkKept();
    }

    private PutObjectRequest request(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .overrideConfiguration(S3Bucket.QUICK)
                .bucket(bucket.name())
                .key(bucket.name(key))
                .ifNoneMatch("*")
                .checksumCRC32C(Checksums.text(checksum))
                .metadata(Map.of(S3Bucket.MARK, mark));
        placement.storageClass().ifPresent(request::storageClass);
        placement.lock().ifPresent(lock -> request.objectLockMode(mode(lock)).objectLockRetainUntilDate(lock.until()));
        tagging().ifPresent(request::tagging);
        encryption().ifPresent(request::serverSideEncryption);
        keyId().ifPresent(request::ssekmsKeyId);
        return request.build();
    }

    CreateMultipartUploadRequest inParts() {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(bucket.name(key))
                .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                .checksumType(ChecksumType.FULL_OBJECT)
                .metadata(Map.of(S3Bucket.MARK, mark));
        placement.storageClass().ifPresent(request::storageClass);
        placement.lock().ifPresent(lock -> request.objectLockMode(mode(lock)).objectLockRetainUntilDate(lock.until()));
        tagging().ifPresent(request::tagging);
        encryption().ifPresent(request::serverSideEncryption);
        keyId().ifPresent(request::ssekmsKeyId);
        return request.build();
    }

    /** Refuses a service that forgot how the object was to be kept; asks it only when something was asked for. */
    void checkKept() {
        checkKept(placement::missingIn);
    }

    /** The same for an object that somebody wrote before. */
    void checkStillKept() {
        checkKept(placement::missingLaterIn);
    }

    private void checkKept(Function<Placement, Optional<String>> missing) {
        if (encryption().isPresent()) {
            Optional<ServerSideEncryption> kept =
                    Optional.ofNullable(bucket.head(key).serverSideEncryption());
            if (!kept.equals(encryption())) {
                throw ignored("the encryption '%s'".formatted(encryption().get()));
            }
        }
        if (!placement.equals(Placement.NONE)) {
            boolean tagged = !placement.tags().isEmpty();
            missing.apply(bucket.placement(key, tagged)).ifPresent(what -> {
                throw ignored(what);
            });
        }
    }

    private StoreException ignored(String what) {
        return new StoreException(
                UNSUITABLE,
                "'%s' was stored without %s: the service ignored it".formatted(url(), what),
                "take it out of the settings, or use a service and a bucket that keep it.");
    }

    private Optional<Tagging> tagging() {
        if (placement.tags().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Tagging.builder()
                .tagSet(placement.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build());
    }

    private Optional<ServerSideEncryption> encryption() {
        return bucket.location().encryption().map(how -> switch (how) {
            case S3Encryption.ServiceKey() -> ServerSideEncryption.AES256;
            case S3Encryption.ManagedKey(String id) -> ServerSideEncryption.AWS_KMS;
        });
    }

    private Optional<String> keyId() {
        return bucket.location().encryption().flatMap(how -> switch (how) {
            case S3Encryption.ServiceKey() -> Optional.empty();
            case S3Encryption.ManagedKey(String id) -> Optional.of(id);
        });
    }

    private static ObjectLockMode mode(Placement.Lock lock) {
        return switch (lock.mode()) {
            case GOVERNANCE -> ObjectLockMode.GOVERNANCE;
            case COMPLIANCE -> ObjectLockMode.COMPLIANCE;
        };
    }
}
