package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.postgres.Login;
import dev.lifeboat.activities.programs.Child;
import dev.lifeboat.activities.programs.Command;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.archive.Inspection;
import dev.lifeboat.repository.archive.Inspector;
import dev.lifeboat.repository.seal.Seal;
import dev.lifeboat.repository.seal.SealedOutput;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.Upload;
import dev.lifeboat.workflows.activity.BackupOrder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What programs write about a database, compressed, encrypted and stored as it comes: the objects of one attempt. */
final class Recording {

    private final Tools tools;
    private final Repository repository;
    private final BackupOrder order;
    private final String attempt;

    Recording(Tools tools, Repository repository, BackupOrder order, String attempt) {
        this.tools = tools;
        this.repository = repository;
        this.order = order;
        this.attempt = attempt;
    }

    /**
     * A program and what becomes of its output.
     *
     * @param ending what follows the backup's name in the name of the object
     * @param inspector what reads the output as it passes
     */
    record Source(Path program, List<String> arguments, String ending, Optional<Inspector> inspector, Pace pace) {}

    /** An object that is stored, and what was found in it. */
    record Stored(SealedObject object, Optional<Inspection> found) {}

    /** Runs the program to its end. If anything goes wrong, also elsewhere, nothing is stored. */
    Stored of(Source source, FirstTrouble trouble, Pulse pulse) throws InterruptedException {
        Key key = Layout.object(new BackupId(order.backup()), attempt, order.backup() + source.ending() + ".zst.age");
        try (Login login = Login.to(tools.settings().server(order.database()), tools.scratch());
                Upload upload = repository.store().begin(key)) {
            SealedOutput sealed = Seal.writer(upload, recipients(), level());
            try {
                run(source, login, sealed, trouble, pulse);
                Optional<Inspection> found = source.inspector().map(Recording::ended);
                sealed.close();
                upload.commit();
                return new Stored(sealedObject(key, sealed), found);
            } finally {
                // Does nothing if it was closed well.
                sealed.abandon();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(Source source, Login login, SealedOutput sealed, FirstTrouble trouble, Pulse pulse)
            throws InterruptedException {
        Command command =
                new Command(source.program(), source.arguments(), login.environment(Keeper.purpose(order.run())));
        OutputStream target = source.inspector()
                .<OutputStream>map(inspector -> new Inspected(sealed, inspector))
                .orElse(sealed);
        try (Child child = tools.programs().start(order.run().value(), command)) {
            pulse.whenTold(child::kill);
            trouble.whenOccurred(child::kill);
            Pipe.drain(child, target, source.pace(), pulse);
        } catch (RuntimeException e) {
            pulse.stopIfTold();
            throw trouble.causeOf(e);
        }
    }

    private static Inspection ended(Inspector inspector) {
        try {
            return inspector.end();
        } catch (StoreException e) {
            throw Agreement.differ(String.valueOf(e.getMessage()));
        }
    }

    private static SealedObject sealedObject(Key key, SealedOutput sealed) {
        return new SealedObject(
                key,
                key.name(),
                sealed.plain().bytes(),
                sealed.plain().sha256(),
                sealed.stored().bytes(),
                sealed.stored().sha256());
    }

    List<String> recipients() {
        return tools.settings().repository(order.repository()).recipients().stream()
                .map(Object::toString)
                .toList();
    }

    private int level() {
        return tools.settings().database(order.database()).backup().compressionLevel();
    }
}
