package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;

import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/** The multipart uploads in a bucket that nobody has finished. */
record S3Uploads(S3Bucket bucket) {

    /** Abandons those below a folder to which nothing was written since; how many. */
    int sweep(Key folder, Instant olderThan) {
        String url = bucket.url(folder);
        // All of the bucket's: asked for those of a folder, MinIO names none.
        ListMultipartUploadsRequest request =
                ListMultipartUploadsRequest.builder().bucket(bucket.name()).build();
        List<MultipartUpload> below = S3Action.LIST_UPLOADS.on(
                url,
                () -> bucket.client().listMultipartUploadsPaginator(request).uploads().stream()
                        .filter(upload -> upload.key().startsWith(bucket.start(folder)))
                        .toList());
        return (int) below.stream()
                .filter(upload -> upload.initiated().isBefore(olderThan))
                .filter(upload -> lastWritten(url, upload).isBefore(olderThan))
                .filter(upload -> abort(url, upload))
                .count();
    }

    private Instant lastWritten(String url, MultipartUpload upload) {
        ListPartsRequest request = ListPartsRequest.builder()
                .bucket(bucket.name())
                .key(upload.key())
                .uploadId(upload.uploadId())
                .build();
        try {
            return S3Action.LIST_PARTS.on(
                    url,
                    () -> bucket.client().listPartsPaginator(request).parts().stream()
                            .map(Part::lastModified)
                            .max(Instant::compareTo)
                            .orElse(upload.initiated()));
        } catch (StoreException e) {
            if (e.problem() == NOT_FOUND) {
                return Instant.MAX; // it ended meanwhile
            }
            throw e;
        }
    }

    private boolean abort(String url, MultipartUpload upload) {
        AbortMultipartUploadRequest request = AbortMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(upload.key())
                .uploadId(upload.uploadId())
                .build();
        try {
            S3Action.ABORT.on(url, () -> bucket.client().abortMultipartUpload(request));
            return true;
        } catch (StoreException e) {
            if (e.problem() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
