package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.programs.Child;
import dev.lifeboat.activities.pulse.Pulse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A program's output on its way into a stream, on one thread. The first failure closes both ends; the end of the stream
 * and the program's exit code must both be good, and a cause is never lost behind its effects.
 */
final class Pipe {

    private static final int BUFFER = 256 * 1024;

    private Pipe() {}

    /** Moves all that {@code source} writes to {@code target}, and returns when the program has ended well. */
    static void drain(Child source, OutputStream target, Pulse pulse) throws InterruptedException {
        long done = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream output = source.output()) {
            for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
                target.write(buffer, 0, read);
                done += read;
                pulse.done(done);
            }
        } catch (IOException | RuntimeException broken) {
            source.kill();
            pulse.stopIfTold();
            throw broken instanceof RuntimeException already
                    ? already
                    : new java.io.UncheckedIOException((IOException) broken);
        }
        int code = source.end();
        pulse.stopIfTold();
        if (code != 0) {
            throw DumpFailures.of(code, source.errors());
        }
    }
}
