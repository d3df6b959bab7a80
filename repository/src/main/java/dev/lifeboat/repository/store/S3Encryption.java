package dev.lifeboat.repository.store;

/** How an S3 service encrypts what it stores; what we store is encrypted before, too. */
public sealed interface S3Encryption {

    /** With a key that the service keeps and nobody sees: {@code AES256}. */
    record ServiceKey() implements S3Encryption {}

    /** With a key of the key management service, by id, alias or ARN: {@code aws:kms}. */
    record ManagedKey(String id) implements S3Encryption {}
}
