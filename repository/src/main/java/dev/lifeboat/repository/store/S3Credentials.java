package dev.lifeboat.repository.store;

/** Who we are to an S3 service. */
public sealed interface S3Credentials {

    /** Whatever the environment offers: variables, the shared files, web identity, container, machine. */
    record UsualChain() implements S3Credentials {}

    /** A profile in the shared AWS files of the user that runs Lifeboat. */
    record Profile(String name) implements S3Credentials {}

    /** An access key and its secret; the secret never shows. */
    record Keys(String id, String secret) implements S3Credentials {

        @Override
        public String toString() {
            return "Keys[id=%s, secret=…]".formatted(id);
        }
    }
}
