package dev.lifeboat.workflows;

import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.SurveyActivities;
import dev.lifeboat.workflows.activity.VerificationActivities;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.model.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the looks of a verification find in a fake world: that all is well, where a test says nothing else. */
public final class FakeSurvey implements VerificationActivities, SurveyActivities {

    public volatile Waited waited = Waited.FOR_NOBODY;
    public volatile Optional<String> good = Optional.of("orders-20261121T020000Z-k3x9");
    public final List<SurveyOrder> orders = new CopyOnWriteArrayList<>();
    public final List<String> looks = new CopyOnWriteArrayList<>();
    public final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    /** What a look finds, where it is not all well. */
    public final Map<String, Verified> found = new ConcurrentHashMap<>();

    private final FakeWorld world;

    FakeSurvey(FakeWorld world) {
        this.world = world;
    }

    @Override
    public VerificationPolicy load(String database) {
        return new VerificationPolicy(
                "main",
                world.required,
                world.optional,
                Duration.ofHours(36),
                world.giveUpAfter,
                world.searchAttributes);
    }

    @Override
    public Waited awaitBackup(String database, Instant until) {
        return waited;
    }

    @Override
    public Newest newest(SurveyOrder order) {
        orders.add(order);
        return new Newest(seen("newest"), good);
    }

    @Override
    public Verified signatures(SurveyOrder order) {
        return seen("signatures");
    }

    @Override
    public ReadShare readShare(SurveyOrder order) {
        Verified read = seen("share in " + order.repository());
        return new ReadShare(read, 2, 1_024, Optional.of(Instant.EPOCH), List.of());
    }

    @Override
    public Verified holdings(SurveyOrder order) {
        return seen("holdings in " + order.repository());
    }

    @Override
    public Verified copy(SurveyOrder order, String copy, boolean required) {
        return seen("copy in " + copy + (required ? "" : " (optional)"));
    }

    @Override
    public Document record(String repository, Outcome outcome) {
        world.happens("record of " + outcome.run());
        outcomes.add(outcome);
        return new Document(repository, "reports/2026/11/" + outcome.run() + "/verification.json", "cc", 30);
    }

    private Verified seen(String look) {
        looks.add(look);
        return found.getOrDefault(look, new Verified(Finding.Verdict.PASS, 1, 0, List.of()));
    }
}
