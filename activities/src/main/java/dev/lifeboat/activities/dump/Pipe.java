package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.programs.Child;
import dev.lifeboat.activities.pulse.Pulse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A program's output on its way into a stream, on one thread. The first failure closes both ends; the end of the stream
 * and the program's exit code must both be good, and a cause is never lost behind its effects.
 */
final class Pipe {

    private static final int BUFFER = 256 * 1024;

    private Pipe() {}

    /** Moves all that {@code source} writes to {@code target}, and returns when the program has ended well. */
    static void drain(Child source, OutputStream target, Pace pace, Pulse pulse) throws InterruptedException {
        long done = 0;
        byte[] buffer = new byte[BUFFER];
        int piece = pace.piece(BUFFER);
        try (InputStream output = source.output()) {
            for (int read = output.read(buffer, 0, piece); read >= 0; read = output.read(buffer, 0, piece)) {
                target.write(buffer, 0, read);
                done += read;
                pulse.done(done);
                pace.keep(read, pulse);
            }
        } catch (IOException | RuntimeException broken) {
            source.kill();
            pulse.stopIfTold();
            throw broken instanceof RuntimeException already ? already : new UncheckedIOException((IOException) broken);
        }
        int code = source.end();
        pulse.stopIfTold();
        if (code != 0) {
            throw DumpFailures.of(source.name(), code, source.errors());
        }
    }
}
