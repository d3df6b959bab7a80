package dev.lifeboat.repository.store;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lifeboat.repository.seal.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small disk in memory, mounted at a folder until it is closed; skips the test where nobody may mount. */
record TestDisk(Path place) implements AutoCloseable {

    static boolean mayMount() {
        return ProcessHandle.current().info().user().orElse("").equals("root");
    }

    /** @param options as tmpfs takes them */
    static TestDisk mount(Path place, String options) throws IOException, InterruptedException {
        assumeThat(mayMount()).as("only root can mount a small disk").isTrue();
        Tools.need("mount", "umount");
        Files.createDirectory(place);
        List<String> command = List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", place.toString());
        Process mounted = new ProcessBuilder(command).redirectErrorStream(true).start();
        assumeThat(mounted.waitFor()).as("mounting is not allowed here").isZero();
        return new TestDisk(place);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Tools.run(place.resolveSibling("."), List.of("umount", place.toString()), 0);
    }
}
