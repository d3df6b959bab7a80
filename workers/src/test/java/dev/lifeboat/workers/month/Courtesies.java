package dev.lifeboat.workers.month;

import static java.util.Objects.requireNonNull;

import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.DeliveryActivities;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.activity.ReportActivities;
import dev.lifeboat.workflows.activity.VerifyActivities;
import dev.lifeboat.workflows.model.Document;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.time.InstantSource;
import java.util.List;

/** What a run says and stores, and who hears it: written down, and handed on as the product does. */
final class Courtesies implements NotificationActivities, DeliveryActivities, ReportActivities, VerifyActivities {

    private static final String PAGER = "pager";

    private final NotificationActivities real;
    private final World world;
    private final InstantSource clock;

    Courtesies(NotificationActivities real, World world, InstantSource clock) {
        this.real = real;
        this.world = world;
        this.clock = clock;
    }

    @Override
    public void announce(Notice notice) {
        real.announce(notice);
        world.said.add(new World.Said(clock.instant(), notice));
    }

    @Override
    public Delivered deliver(Telling telling) {
        ActivityInfo here = Activity.getExecutionContext().getInfo();
        world.told.add(new World.Told(
                requireNonNull(here.getWorkflowId()),
                requireNonNull(here.getWorkflowRunId()),
                clock.instant(),
                telling));
        return new Delivered(List.of(PAGER), List.of(), List.of());
    }

    @Override
    public Document store(RunReport report) {
        world.askTheRepository();
        world.reports.add(report);
        return new Document(report.repository(), "reports/%s/report.html".formatted(report.run()), "bb", 20);
    }

    @Override
    public Verified verify(BackupOrder order) {
        world.askTheRepository();
        return new Verified(Finding.Verdict.PASS, 1, 0, List.of());
    }
}
