package dev.lifeboat.starter;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import dev.lifeboat.repository.verification.Verification;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Progress;
import dev.lifeboat.starter.terminal.ProgressText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lifeboat verify}. */
@Command(
        name = "verify",
        description = {
            "Reads a whole backup and says whether it still is what was taken: signature, every stored byte, every row.",
            "Needs neither Temporal nor a worker nor a database. PASS ends with 0, FAIL with 1, INCONCLUSIVE with 3."
        },
        footer = {"", "Example:", "  lifeboat verify orders-20261121T020000Z-k3x9 --repository far"})
final class VerifyVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Parameters(paramLabel = "BACKUP", description = "The backup's id.")
    private String backup = "";

    @Option(
            names = "--repository",
            paramLabel = "NAME",
            description = "Which copy is read; else the first repository of the configuration that has the backup.")
    private Optional<String> repository = Optional.empty();

    VerifyVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        BackupId id = Places.id(backup);
        Settings settings = conventions.settings();
        TrustedKeys trusted = TrustedKeys.of(settings.signing());
        Copies copies = new Copies(settings, id);
        Copies.Copy copy = copies.find(repository);
        List<Check> checks = verify(copy, id, trusted);
        Verdict verdict = Verification.worst(checks);
        List<String> others = verdict == Verdict.FAIL ? copies.others(copy.name()) : List.of();
        CheckLines told = new CheckLines(id, copy.name(), checks, others);
        Optional<Path> log = new VerificationLogs(settings.worker().state(), conventions.terminal())
                .keep(id, copy.name(), Instant.now(), told.log());
        List<String> lines = new ArrayList<>(told.lines(conventions.terminal(), conventions.verbose()));
        log.ifPresent(file -> lines.add("full log: " + file));
        conventions.print(told.document(log), lines);
        return exitCode(verdict).number();
    }

    private List<Check> verify(Copies.Copy copy, BackupId id, TrustedKeys trusted) {
        Optional<AgeIdentity> identity = copy.identity();
        ProgressText words = new ProgressText();
        return Verification.of(copy.place(), id, identity, trusted, (done, total) -> {
                    if (conventions.terminal().shape().errIsTerminal()) {
                        Progress progress = new Progress("reading", done, total, false, "bytes");
                        conventions.terminal().progress(words.of(progress, System.nanoTime()));
                    }
                })
                .run();
    }

    private static ExitCode exitCode(Verdict verdict) {
        return switch (verdict) {
            case PASS, WARN -> ExitCode.GOOD;
            case FAIL -> ExitCode.BAD;
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
        };
    }
}
