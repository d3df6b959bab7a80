package dev.lifeboat.activities.check;

import com.google.protobuf.util.Durations;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.notification.Probes;
import dev.lifeboat.configuration.NotifySettings;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.CheckActivities;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Looks at the configuration and at Temporal from the controlling worker. */
public final class ConfiguredCheckActivities implements CheckActivities {

    private static final long NINETY_DAYS = 90;

    private final Tools tools;

    public ConfiguredCheckActivities(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Inventory inventory() {
        return new Inventory(
                List.copyOf(tools.settings().databases().keySet()),
                List.copyOf(tools.settings().repositories().keySet()),
                tools.settings().sha256(),
                tools.host());
    }

    @Override
    public List<Finding> temporal(RunName run) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        WorkflowServiceBlockingStub service =
                context.getWorkflowClient().getWorkflowServiceStubs().blockingStub();
        String namespace = context.getInfo().getNamespace();
        Findings findings = new Findings("temporal");
        lookAtRetention(findings, service, namespace);
        lookAtWorkers(findings, service, namespace);
        return findings.all();
    }

    @Override
    public List<Finding> notifications(RunName run, boolean send) {
        Findings findings = new Findings("notify");
        lookAtRoutes(findings, tools.settings().notifications());
        Probes probes = new Probes(tools.settings());
        for (Probes.Probe probe : send ? probes.send(run) : probes.look()) {
            String check = "channel '%s' can tell somebody".formatted(probe.channel());
            if (probe.works()) {
                findings.pass(check, probe.said());
            } else {
                findings.fail(check, probe.said(), "correct it under notify.channels." + probe.channel());
            }
        }
        return findings.all();
    }

    private static void lookAtRoutes(Findings findings, NotifySettings notifications) {
        String check = "somebody is told when it is urgent";
        List<String> silent = Arrays.stream(Severity.values())
                .filter(it -> notifications.route(it.number()).tell().isEmpty())
                .map(Severity::name)
                .toList();
        if (silent.contains("P1") || silent.contains("P2")) {
            findings.warn(
                    check,
                    "nobody would be told of %s: it stands in the worker's log only"
                            .formatted(String.join(", ", silent)),
                    "name channels and routes under notify: in lifeboat.yml; docs/notifications.md explains them");
        } else {
            findings.pass(
                    check, silent.isEmpty() ? "each degree has a route" : String.join(", ", silent) + " have no route");
        }
    }

    private static void lookAtRetention(Findings findings, WorkflowServiceBlockingStub service, String namespace) {
        long days = Durations.toDays(service.describeNamespace(DescribeNamespaceRequest.newBuilder()
                        .setNamespace(namespace)
                        .build())
                .getConfig()
                .getWorkflowExecutionRetentionTtl());
        String check = "closed runs stay readable for 90 days";
        if (days >= NINETY_DAYS) {
            findings.pass(check, "namespace '%s' keeps them %d days".formatted(namespace, days));
        } else {
            findings.warn(
                    check,
                    "namespace '%s' keeps them %d days; reports in the repository stay".formatted(namespace, days),
                    "temporal operator namespace update -n %s --retention 90d".formatted(namespace));
        }
    }

    private void lookAtWorkers(Findings findings, WorkflowServiceBlockingStub service, String namespace) {
        for (Queue queue : Queue.all()) {
            TreeSet<String> others = new TreeSet<>();
            List<PollerInfo> pollers = service.describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                            .setNamespace(namespace)
                            .setTaskQueue(TaskQueue.newBuilder().setName(queue.taskQueue()))
                            .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
                            .build())
                    .getPollersList();
            pollers.stream()
                    .map(PollerInfo::getIdentity)
                    .filter(worker -> !WorkerIdentity.hasConfiguration(
                            worker, tools.settings().sha256()))
                    .forEach(others::add);
            String check = "workers of the role " + queue.role() + " have one configuration";
            if (pollers.isEmpty()) {
                findings.fail(check, "no worker serves it", "lifeboat worker --roles " + queue.role());
            } else if (others.isEmpty()) {
                findings.pass(check, "%d polling".formatted(pollers.size()));
            } else {
                findings.warn(
                        check,
                        "'%s' differs from %s".formatted(tools.host(), others),
                        "give all workers the same lifeboat.yml and start them again; one that stopped is listed for five minutes");
            }
        }
    }
}
