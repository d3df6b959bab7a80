package dev.lifeboat.repository.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory, in bytes, that the parts of all uploads of this process may take together.
 *
 * <p>Nobody waits for it: an upload that cannot have more goes on with the one part that it always has, and so no upload
 * ever stands still because of another one, or of itself.
 */
final class UploadMemory {

    /** A worker has half a gigabyte for everything. */
    static final UploadMemory OF_PROCESS = new UploadMemory(160L * 1024 * 1024);

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    UploadMemory(long most) {
        this.most = most;
    }

    /** Takes it whether or not there is any left: for the one part that every upload has. */
    void take(long bytes) {
        taken.addAndGet(bytes);
    }

    /** Takes it if that much is left; whether it did. */
    boolean takeIfLeft(long bytes) {
        long before = taken.getAndUpdate(now -> now + bytes <= most ? now + bytes : now);
        return before + bytes <= most;
    }

    void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
