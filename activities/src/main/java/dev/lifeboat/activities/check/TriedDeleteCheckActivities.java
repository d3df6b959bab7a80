package dev.lifeboat.activities.check;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.workflows.activity.DeleteCheckActivities;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.model.RunName;
import java.util.List;

/** Tries, on the worker that sweeps, whether it may delete. */
public final class TriedDeleteCheckActivities implements DeleteCheckActivities {

    private final Tools tools;

    public TriedDeleteCheckActivities(Tools tools) {
        this.tools = tools;
    }

    @Override
    public List<Finding> canary(RunName run, String name) {
        Findings findings = new Findings("repositories." + name);
        findings.attempt("an object can be removed", () -> {
            Store store = tools.repositories().open(name, StoreRight.DELETE).store();
            store.delete(Layout.check(run.value()));
            if (store.read(Layout.check(run.value())).isPresent()) {
                throw new IllegalStateException("the canary is still there");
            }
            return "the canary is gone";
        });
        return findings.all();
    }
}
