package dev.lifeboat.workflows.verify;

import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.RunName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the look at all backups of a database came to.
 *
 * @param good the newest backup that counts and is not too old
 * @param checks how many things were looked at, and {@code failed} how many of them were not as they should be
 * @param lines the first of those that did not pass, in sentences
 * @param waitedFor the workflow id of the backup run whose end was waited for
 * @param readBytes stored bytes that were read back
 * @param took from the start of the run to its end
 * @param report the stored report, unless an operator skipped it
 */
public record VerifyReport(
        RunName run,
        String database,
        Finding.Verdict verdict,
        Optional<String> good,
        int checks,
        int failed,
        List<String> lines,
        Optional<String> waitedFor,
        long readBytes,
        Duration took,
        Optional<Document> report) {}
