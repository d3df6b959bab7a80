package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;

import java.util.List;
import java.util.zip.CRC32C;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;

/** A multipart upload: an object that takes its name when its last part is there, if nobody else has. */
final class S3Upload extends Upload {

    private final S3Writing writing;
    private final String id;
    private final S3Parts parts;
    private final CRC32C checksum = new CRC32C();
    private S3Part part;
    private long bytes;
    private boolean committed;
    private boolean done;

    private S3Upload(S3Writing writing, String id) {
        this.writing = writing;
        this.id = id;
        this.parts = new S3Parts(writing, id);
        this.part = parts.begin(1);
    }

    /** Begins it at the service, so that missing rights show before the first byte. */
    static S3Upload begin(S3Writing writing) {
        CreateMultipartUploadResponse begun = S3Action.WRITE.on(
                writing.url(), () -> writing.bucket().client().createMultipartUpload(writing.inParts()));
        return new S3Upload(writing, begun.uploadId());
    }

    @Override
    public Key key() {
        return writing.key();
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        checksum.update(from, offset, length);
        bytes += length;
        int done = 0;
        while (done < length) {
            if (part.isFull()) {
                parts.send(part);
                part = parts.begin(part.number() + 1);
            }
            done += part.take(from, offset + done, length - done);
        }
    }

    @Override
    public void commit() {
        if (done) {
            throw new IllegalStateException("the upload of '%s' has ended".formatted(key()));
        }
        try {
            if (bytes == 0) {
                writing.inOne(new byte[0]); // not every service takes an upload of one empty part
            } else {
                parts.send(part);
                complete(parts.finish());
                writing.checkKept();
            }
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        if (done) {
            return;
        }
        done = true;
        parts.stop();
        if (!committed) {
            boolean interrupted = Thread.interrupted(); // the service is told all the same
            try {
                abort();
            } catch (StoreException e) {
                // it stays invisible, and the next sweep takes it
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Not to be interrupted: a finished commit would look like a failed one. */
    private void complete(List<CompletedPart> all) {
        boolean interrupted = Thread.interrupted();
        try {
            checkStored(S3Action.WRITE.on(
                    writing.url(), () -> writing.bucket().client().completeMultipartUpload(completion(all))));
            committed = true;
        } catch (StoreException e) {
            // The answer to an earlier try may have been lost: then it is our own object that is in the way.
            if (e.problem() == DAMAGED || !writing.isThere()) {
                throw e;
            }
            committed = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private CompleteMultipartUploadRequest completion(List<CompletedPart> all) {
        return CompleteMultipartUploadRequest.builder()
                .bucket(writing.bucket().name())
                .key(writing.bucket().name(key()))
                .uploadId(id)
                .ifNoneMatch("*")
                .checksumType(ChecksumType.FULL_OBJECT)
                .checksumCRC32C(Checksums.text(checksum))
                .mpuObjectSize(bytes)
                .multipartUpload(upload -> upload.parts(all))
                .build();
    }

    /** Services that keep a checksum of the whole say it; the parts' were checked by all. */
    private void checkStored(CompleteMultipartUploadResponse answer) {
        boolean says = answer.checksumCRC32C() != null && answer.checksumType() == ChecksumType.FULL_OBJECT;
        if (says && !answer.checksumCRC32C().equals(Checksums.text(checksum))) {
            throw new StoreException(
                    DAMAGED,
                    "'%s' was not stored as it was written: its checksum differs".formatted(writing.url()),
                    "take it again, and do not trust this service before you know why.");
        }
    }

    private void abort() {
        AbortMultipartUploadRequest request = AbortMultipartUploadRequest.builder()
                .bucket(writing.bucket().name())
                .key(writing.bucket().name(key()))
                .uploadId(id)
                .build();
        S3Action.ABORT.on(writing.url(), () -> writing.bucket().client().abortMultipartUpload(request));
    }
}
