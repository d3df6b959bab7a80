package dev.lifeboat.workers;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.backup.RepositoryBackupActivities;
import dev.lifeboat.activities.backup.RepositoryCompareActivities;
import dev.lifeboat.activities.backup.RepositoryCopyActivities;
import dev.lifeboat.activities.backup.RepositorySweepActivities;
import dev.lifeboat.activities.backup.RepositoryVerifyActivities;
import dev.lifeboat.activities.check.ConfiguredCheckActivities;
import dev.lifeboat.activities.check.TriedDeleteCheckActivities;
import dev.lifeboat.activities.check.TriedReadCheckActivities;
import dev.lifeboat.activities.check.TriedWriteCheckActivities;
import dev.lifeboat.activities.notification.RoutedDeliveryActivities;
import dev.lifeboat.activities.notification.SignalledNotificationActivities;
import dev.lifeboat.activities.policy.ConfiguredPolicyActivities;
import dev.lifeboat.activities.policy.Origin;
import dev.lifeboat.activities.report.StoredReportActivities;
import dev.lifeboat.activities.schedule.ConfiguredScheduleActivities;
import dev.lifeboat.activities.survey.RepositorySurveyActivities;
import dev.lifeboat.activities.survey.TemporalVerificationActivities;
import dev.lifeboat.configuration.WorkerSettings;
import dev.lifeboat.workflows.Queue;
import java.util.List;

/**
 * What a worker serves, and this is all of it: each queue with what runs there.
 *
 * @param slots how many activities at once
 * @param runbooks whether runbooks are decided here
 */
record Role(Queue queue, int slots, boolean runbooks, List<Object> activities) {

    private static final int MANY = 200;

    static List<Role> all(Tools tools) {
        WorkerSettings worker = tools.settings().worker();
        return List.of(
                new Role(
                        Queue.CONTROL,
                        MANY,
                        true,
                        List.of(
                                new ConfiguredPolicyActivities(tools.settings(), tools.repositories(), new Origin()),
                                new StoredReportActivities(tools.repositories()),
                                new TemporalVerificationActivities(tools.settings(), tools.repositories()),
                                new ConfiguredCheckActivities(tools),
                                new ConfiguredScheduleActivities(tools.settings(), tools.repositories()),
                                new SignalledNotificationActivities(tools.settings()),
                                new RoutedDeliveryActivities(tools.settings()))),
                new Role(
                        Queue.WRITE,
                        worker.writeSlots(),
                        false,
                        List.of(
                                new RepositoryBackupActivities(tools),
                                new RepositoryCopyActivities(tools),
                                new RepositoryCompareActivities(tools),
                                new TriedWriteCheckActivities(tools))),
                new Role(
                        Queue.READ,
                        worker.readSlots(),
                        false,
                        List.of(
                                new RepositoryVerifyActivities(tools),
                                new RepositorySurveyActivities(tools),
                                new TriedReadCheckActivities(tools))),
                new Role(
                        Queue.DELETE,
                        1,
                        false,
                        List.of(
                                new RepositorySweepActivities(tools.repositories()),
                                new TriedDeleteCheckActivities(tools))));
    }
}
