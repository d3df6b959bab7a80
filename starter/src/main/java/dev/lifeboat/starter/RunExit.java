package dev.lifeboat.starter;

import dev.lifeboat.starter.run.RunJson;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.backup.BackupReport;
import dev.lifeboat.workflows.check.CheckReport;
import dev.lifeboat.workflows.model.Tag;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import dev.lifeboat.workflows.verify.VerifyReport;
import java.util.Optional;

/** What a shell is told of a run: whoever releases, or goes to bed, relies on it. */
final class RunExit {

    private RunExit() {}

    /** Good also for a run that still goes on: nothing is wrong with it yet. */
    static ExitCode code(RunView run) {
        return switch (run.state()) {
            case RUNNING -> ExitCode.GOOD;
            case FAILED, CANCELLED, TERMINATED, TIMED_OUT -> ExitCode.BAD;
            case COMPLETED ->
                backup(run)
                        .or(() -> checked(run))
                        .or(() -> verified(run))
                        .or(() -> scheduled(run))
                        .orElse(ExitCode.GOOD);
        };
    }

    // That nobody could look into it is no success; that nobody should is one, but not for a release that relies on it.
    private static Optional<ExitCode> backup(RunView run) {
        return Ending.result(run, "BackUpDatabase", BackupReport.class)
                .filter(report -> !report.alreadyMade())
                .map(report -> report.verification()
                        .map(Verified::verdict)
                        .map(FindingLines::exitCode)
                        .orElse(isForRelease(run) ? ExitCode.INCONCLUSIVE : ExitCode.GOOD));
    }

    private static boolean isForRelease(RunView run) {
        return RunJson.input(run).path("tag").asText().equals(Tag.PRE_DEPLOY.value());
    }

    private static Optional<ExitCode> checked(RunView run) {
        return Ending.result(run, "CheckSetup", CheckReport.class)
                .map(CheckReport::verdict)
                .map(FindingLines::exitCode);
    }

    private static Optional<ExitCode> verified(RunView run) {
        return Ending.result(run, VerifyBackupsVerb.RUNBOOK, VerifyReport.class)
                .map(VerifyReport::verdict)
                .map(FindingLines::exitCode);
    }

    private static Optional<ExitCode> scheduled(RunView run) {
        return Ending.result(run, "RunOnSchedule", ScheduleReport.class)
                .map(report -> report.outcome().isGood() ? ExitCode.GOOD : ExitCode.BAD);
    }
}
