package dev.lifeboat.activities.dump;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.Upload;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A store whose first large object stops after its first {@value #SOME} bytes until the test says so: the middle of a dump. */
final class Slow {

    private static final int SOME = 200_000;

    private final long after;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch allowed = new CountDownLatch(1);

    /** In the middle of a dump. */
    Slow() {
        this(SOME);
    }

    private Slow(long after) {
        this.after = after;
    }

    /** Before the first byte of any object: the snapshot stands, and no program runs yet. */
    static Slow fromTheStart() {
        return new Slow(0);
    }

    Store store(Store real) {
        return with(real, after, () -> {
            begun.countDown();
            allowed.await(60, TimeUnit.SECONDS);
        });
    }

    static Store breaking(Store real, RuntimeException trouble) {
        return with(real, SOME, () -> {
            throw trouble;
        });
    }

    void awaitFirstByte() throws InterruptedException {
        if (!begun.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nothing was written");
        }
    }

    void goOn() {
        allowed.countDown();
    }

    private interface Pause {
        void pass() throws InterruptedException;
    }

    private static Store with(Store real, long after, Pause pause) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(real, arguments);
                        return result instanceof Upload upload ? new SlowUpload(upload, after, pause) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static final class SlowUpload extends Upload {

        private final Upload real;
        private final long after;
        private final Pause pause;
        private long written;

        SlowUpload(Upload real, long after, Pause pause) {
            this.real = real;
            this.after = after;
            this.pause = pause;
        }

        @Override
        public Key key() {
            return real.key();
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                written += length;
                if (written > after) {
                    pause.pass();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            real.write(bytes, offset, length);
        }

        @Override
        public void commit() {
            real.commit();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
