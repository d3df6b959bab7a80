package dev.lifeboat.workflows.incident;

import dev.lifeboat.workflows.Right;
import dev.lifeboat.workflows.RunAttributes;
import dev.lifeboat.workflows.activity.Activities;
import dev.lifeboat.workflows.activity.DeliveryActivities;
import dev.lifeboat.workflows.activity.DeliveryActivities.Delivered;
import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.journal.Journal;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See {@code docs/runbooks/incident.md}: this follows that page. */
public final class IncidentRunbook implements Incident {

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final DeliveryActivities delivery = Activities.delivery();
    private final Journal journal = new Journal();
    private final Deque<Notice> inbox = new ArrayDeque<>();
    private final Outbox outbox = new Outbox();
    private final Course course = new Course(Journal.now());
    private final boolean listed = Workflow.getTypedSearchAttributes().containsKey(RunAttributes.WAITING);
    private boolean shownWaiting = listed;
    private Delivered delivered = Delivered.toNobody("");

    @Override
    public IncidentReport run(@Nullable IncidentRequest asked) {
        IncidentRequest request = Right.asked(asked, "--input '\"backup/orders\"'");
        RunName run = Right.demandIncident(request.about());
        while (true) {
            hearAll(request.about());
            course.passTo(Journal.now()).ifPresent(it -> outbox.put(it, Journal.now()));
            outbox.due(Journal.now()).ifPresent(it -> tell(run, it));
            showWaiting();
            if (inbox.isEmpty() && !course.isOpen() && outbox.isEmpty()) {
                return report(run, request);
            }
            Workflow.await(untilNext(), () -> !inbox.isEmpty());
            // In a cancelled run the wait is over at once, and says nothing.
            CancellationScope.throwCanceled();
        }
    }

    @Override
    public void hear(@Nullable Notice notice) {
        if (notice != null) {
            inbox.add(notice);
        }
    }

    // Who may signal may say anything: what is about something else must not speak, or be silent, in its name.
    private void hearAll(String about) {
        inbox.removeIf(it -> !it.about().equals(about));
        while (!inbox.isEmpty()) {
            course.hear(inbox.remove(), Journal.now()).ifPresent(it -> outbox.put(it, Journal.now()));
        }
    }

    private void tell(RunName run, Kind kind) {
        Telling telling = new Telling(
                run + "-" + outbox.messages(),
                kind,
                course.severity(),
                course.last(),
                course.since(),
                course.ended(),
                outbox.channels(),
                outbox.isRepeated());
        delivered = Delivered.toNobody("the delivery itself failed");
        journal.tryStep(title(kind), () -> delivered = delivery.deliver(telling));
        outbox.note(delivered, Journal.now());
    }

    // Whoever opened it has shown that it waits, and so that the namespace knows the attribute; without, nobody looks
    // for it.
    private void showWaiting() {
        boolean waits = !outbox.isEmpty();
        if (listed && waits != shownWaiting) {
            Workflow.upsertTypedSearchAttributes(
                    waits
                            ? RunAttributes.WAITING.valueSet(RunAttributes.DELIVERY)
                            : RunAttributes.WAITING.valueUnset());
            shownWaiting = waits;
        }
    }

    private static String title(Kind kind) {
        return switch (kind) {
            case BEGAN -> "Tell that it began";
            case FAILED -> "Tell that nobody tries any more";
            case WORSE -> "Tell that it became more urgent";
            case REMINDER -> "Remind that it is not over";
            case OVER -> "Tell that it is over";
            case CLOSED -> "Close what nobody speaks of any more";
        };
    }

    private Duration untilNext() {
        Instant now = Journal.now();
        Instant next = outbox.next()
                .filter(it -> !course.isOpen() || it.isBefore(course.next()))
                .orElseGet(course::next);
        Duration wait = Duration.between(now, next);
        return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
    }

    private IncidentReport report(RunName run, IncidentRequest request) {
        return new IncidentReport(
                run,
                request.about(),
                course.isOver(),
                course.severity(),
                Duration.between(course.since(), Journal.now()),
                course.notices(),
                outbox.messages(),
                outbox.told(),
                Optional.of(course).filter(Course::isOver).map(it -> it.last().run()));
    }
}
