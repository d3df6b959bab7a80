package dev.lifeboat.workflows.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.workflows.Doors;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.journal.Approval.Ballot;
import dev.lifeboat.workflows.journal.Approval.Ruling;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The world of {@link Restoring}: judges ballots simply, and remembers who was told. */
final class RestoringWorld implements Restoring.World {

    final Doors doors = new Doors();
    final List<Entry> told = new CopyOnWriteArrayList<>();
    volatile boolean lossGrows;
    private volatile boolean fenced;

    List<Stage.Cast> cast() {
        return List.of(new Stage.Cast(Queue.CONTROL.taskQueue(), doors.around(this, Restoring.World.class)));
    }

    /** What was done to the world, without judging and telling. */
    List<String> done() {
        return doors.log.stream()
                .map(it -> it.replace("Restoring.", ""))
                .filter(it -> !List.of("Judge", "Tell", "Preview", "Check").contains(it))
                .toList();
    }

    @Override
    public void restore() {}

    @Override
    public String check() {
        return "healthy";
    }

    @Override
    public void fence() {
        fenced = true;
    }

    @Override
    public void unfence() {
        fenced = false;
    }

    @Override
    public String preview() {
        return lossGrows && fenced ? "more" : "loss";
    }

    @Override
    public void switchOver() {}

    @Override
    public void deleteCopy() {}

    @Override
    public Ruling judge(Ballot ballot) {
        try {
            JsonNode said = Payloads.mapper().readTree(ballot.body());
            return judge(said, ballot);
        } catch (JsonProcessingException e) {
            return new Ruling(false, false, "", "not a decision");
        }
    }

    private static Ruling judge(JsonNode said, Ballot ballot) {
        String by = said.path("by").asText();
        if (!said.path("signature").asText().equals("signed by " + by)) {
            return new Ruling(false, false, by, "forged");
        }
        if (!said.path("digest").asText().equals(ballot.digest())) {
            return new Ruling(false, false, by, "for another plan");
        }
        if (ballot.before().stream().anyMatch(it -> it.by().equals(by))) {
            return new Ruling(false, false, by, "voted already");
        }
        return new Ruling(true, said.path("decision").asText().equals("approve"), by, "");
    }

    @Override
    public void tell(Entry entry) {
        told.add(entry);
    }
}
