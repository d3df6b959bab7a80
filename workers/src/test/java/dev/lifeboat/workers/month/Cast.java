package dev.lifeboat.workers.month;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.backup.RepositoryBackupActivities;
import dev.lifeboat.activities.backup.RepositoryCompareActivities;
import dev.lifeboat.activities.backup.RepositorySweepActivities;
import dev.lifeboat.activities.notification.SignalledNotificationActivities;
import dev.lifeboat.activities.policy.ConfiguredPolicyActivities;
import dev.lifeboat.activities.schedule.ConfiguredScheduleActivities;
import dev.lifeboat.activities.survey.RepositorySurveyActivities;
import dev.lifeboat.activities.survey.TemporalVerificationActivities;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.ScheduleActivities;
import dev.lifeboat.workflows.activity.VerificationActivities;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Who does what: the product's own activities, but for those that need what is not here. */
final class Cast {

    private Cast() {}

    static Map<Queue, List<Object>> of(Tools tools, World world, TestTime time, LongDumps dumps) {
        InstantSource clock = time::now;
        ScheduleActivities schedule = new ConfiguredScheduleActivities(tools.settings(), tools.repositories(), clock);
        VerificationActivities verification =
                new TemporalVerificationActivities(tools.settings(), tools.repositories());
        OtherRuns others = new OtherRuns(world);
        Courtesies courtesies = new Courtesies(tools);
        return Map.of(
                Queue.CONTROL,
                List.of(
                        new ConfiguredPolicyActivities(
                                tools.settings(), tools.repositories(), () -> "temporal-1", clock),
                        dumps.areNone() ? others.schedule(schedule) : schedule,
                        dumps.areNone() ? others.verification(verification) : verification,
                        new SignalledNotificationActivities(tools.settings()),
                        courtesies),
                Queue.WRITE,
                List.of(
                        new Dumps(new RepositoryBackupActivities(tools), world, tools, time, dumps),
                        new RepositoryCompareActivities(tools, clock)),
                Queue.READ,
                List.of(new RepositorySurveyActivities(tools, clock), courtesies),
                Queue.DELETE,
                List.of(new RepositorySweepActivities(tools.repositories())));
    }
}
