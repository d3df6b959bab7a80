package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.repository.SealedObject;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What belongs to the whole server and is in no dump of a database: roles, their memberships and settings, tablespaces.
 * With the roles' password hashes where ours may read them. A backup is one without it, too; then it says so.
 */
final class Globals {

    static final String ENDING = ".globals.sql";

    private final Recording recording;
    private final List<String> warnings = new ArrayList<>();

    Globals(Recording recording) {
        this.recording = recording;
    }

    /** Stores them beside the dump of the subject; empty if they cannot be had. */
    Optional<SealedObject> store(Subject subject, FirstTrouble trouble, Pulse pulse) throws InterruptedException {
        ServerFacts facts = subject.facts();
        Path program = subject.program().path().resolveSibling("pg_dumpall");
        if (!Files.isExecutable(program)) {
            warnings.add("roles and tablespaces are not in this backup: there is no '%s'".formatted(program));
            return Optional.empty();
        }
        pulse.measure("roles and tablespaces", 0, false);
        try {
            var source = new Recording.Source(program, arguments(facts), ENDING, Optional.empty(), Pace.free());
            SealedObject object = recording.of(source, trouble, pulse).object();
            if (!facts.passwordsReadable()) {
                warnings.add("roles are in this backup without their passwords, which this role may not read");
            }
            return Optional.of(object);
        } catch (ApplicationFailure refused) {
            pulse.stopIfTold();
            trouble.throwIfOccurred();
            warnings.add("roles and tablespaces are not in this backup: %s; %s"
                    .formatted(refused.getOriginalMessage(), Failures.hint(refused)));
            return Optional.empty();
        }
    }

    List<String> warnings() {
        return warnings;
    }

    private static List<String> arguments(ServerFacts facts) {
        List<String> arguments = new ArrayList<>(List.of(
                "--globals-only",
                "--no-password",
                "--encoding=" + facts.encoding(),
                // Else it wants to enter "postgres". Quoted, because a name with "=" would be read as more than a name.
                "--database=dbname='%s'"
                        .formatted(facts.database().replace("\\", "\\\\").replace("'", "\\'"))));
        if (!facts.passwordsReadable()) {
            arguments.add("--no-role-passwords");
        }
        return arguments;
    }
}
