package dev.lifeboat.starter.local;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Temporal server and a worker with all roles that belong to one command, in one private folder. Killed with or without
 * the command, they are started again from that folder and go on where they were; unless there is no Temporal program.
 */
public final class PrivateTemporal implements AutoCloseable {

    private final FolderLock lock;
    private final Consumer<String> say;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private String address = "";

    /**
     * How it is started.
     *
     * @param folder private, and nobody else's
     * @param home Lifeboat's own folder
     * @param host the machine's name in the configuration; empty for its own
     * @param binary Temporal's program; empty for the stand-in in a JVM, which remembers nothing
     */
    public record Order(Path folder, Path home, Path configuration, Optional<String> host, Optional<Path> binary) {}

    private PrivateTemporal(FolderLock lock, Consumer<String> say) {
        this.lock = lock;
        this.say = say;
    }

    /**
     * Takes the folder, which must be there, for this process alone, and ends what one before it left running there.
     *
     * @throws dev.lifeboat.starter.terminal.CommandException if another command works in it, or it is not private to this user
     */
    public static PrivateTemporal take(Path folder, Consumer<String> say) {
        Folders.checkOwn(folder);
        PrivateTemporal taken = new PrivateTemporal(FolderLock.take(folder), say);
        OwnProcess.endAll(folder)
                .forEach(it -> say.accept("ended process %d, left by a command that died".formatted(it)));
        return taken;
    }

    /** Whether no command works in the folder at this moment; what a dead one left running there does not count. */
    public static boolean isFree(Path folder) {
        return FolderLock.isFree(folder);
    }

    /**
     * Starts both; returns when the worker takes work. From then on what dies is started again.
     *
     * @param beyondHelp hears what died and could not be started again
     */
    public void start(Order order, Consumer<String> beyondHelp) {
        Caretaker caretaker = new Caretaker(say, beyondHelp);
        startTemporal(order, caretaker);
        WorkerProcess worker = WorkerProcess.start(new WorkerProcess.Order(
                order.home(),
                order.configuration(),
                Optional.empty(),
                order.host(),
                order.folder().resolve("worker.log"),
                Map.of(),
                Optional.of(address)));
        remember(worker);
        worker.awaitReady();
        // The stand-in hands the work of a dead worker to nobody.
        caretaker.lookAfter("the worker", worker::isAlive, order.binary().map(it -> worker::restart));
        remember(caretaker);
        caretaker.start();
    }

    private void startTemporal(Order order, Caretaker caretaker) {
        Path state = order.folder().resolve("temporal");
        if (order.binary().isPresent()) {
            LocalTemporal server = LocalTemporal.start(order.binary().get(), state, LocalTemporal.Ports.free());
            remember(server);
            address = server.address();
            caretaker.lookAfter("the private server", server::isAlive, Optional.of(server::restart));
        } else {
            InJvmTemporal server = InJvmTemporal.start(state);
            remember(server);
            address = server.address();
            caretaker.lookAfter("the private server", server::isAlive, Optional.empty());
        }
    }

    /** Host and port of the server. */
    public String address() {
        return address;
    }

    /** The worker first: it hands back what it works on while Temporal still listens. May be called again. */
    @Override
    public synchronized void close() {
        IllegalStateException trouble = new IllegalStateException("a server of this command did not end");
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                // The others must end all the same, and the folder be free for whoever goes on in it.
                trouble.addSuppressed(e);
            }
        }
        lock.close();
        if (trouble.getSuppressed().length > 0) {
            throw trouble;
        }
    }

    private synchronized void remember(AutoCloseable server) {
        running.push(server);
    }
}
