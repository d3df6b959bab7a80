package dev.lifeboat.repository.store;

import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** What is asked of an S3 service: in words, and the right that it needs. */
enum S3Action {
    WRITE("cannot write", "s3:PutObject"),
    READ("cannot read", "s3:GetObject"),
    LIST("cannot list", "s3:ListBucket"),
    LIST_VERSIONS("cannot list the versions of", "s3:ListBucketVersions"),
    LIST_UPLOADS("cannot list the unfinished uploads of", "s3:ListBucketMultipartUploads"),
    LIST_PARTS("cannot look at the unfinished upload of", "s3:ListMultipartUploadParts"),
    ABORT("cannot abandon the upload of", "s3:AbortMultipartUpload"),
    READ_TAGS("cannot read the tags of", "s3:GetObjectTagging"),
    DELETE("cannot delete", "s3:DeleteObject");

    private final String words;
    private final String right;

    S3Action(String words, String right) {
        this.words = words;
        this.right = right;
    }

    String words() {
        return words;
    }

    String right() {
        return right;
    }

    /** The answer to {@code call}, which is about {@code url}; every trouble is said in our words. */
    <T> T on(String url, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw S3Problems.in(this, url, e);
        }
    }
}
