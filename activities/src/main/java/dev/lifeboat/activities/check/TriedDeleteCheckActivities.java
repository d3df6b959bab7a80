package dev.lifeboat.activities.check;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.workflows.activity.DeleteCheckActivities;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.model.RunName;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries, on the worker that sweeps, whether it may delete. */
public final class TriedDeleteCheckActivities implements DeleteCheckActivities {

    private static final Logger log = LoggerFactory.getLogger(TriedDeleteCheckActivities.class);

    private final Tools tools;

    public TriedDeleteCheckActivities(Tools tools) {
        this.tools = tools;
    }

    @Override
    public List<Finding> canary(RunName run, String name) {
        Findings findings = new Findings("repositories." + name);
        findings.attempt("an object can be removed", () -> {
            Store store = tools.repositories().open(name, StoreRight.DELETE).store();
            Key canary = Layout.check(run.value());
            store.delete(canary);
            // Whoever deletes may list, and may not read anything but what decides.
            if (store.list(Layout.checks()).stream().anyMatch(it -> it.key().equals(canary))) {
                throw new IllegalStateException("the canary is still there");
            }
            removeProbe(store, run);
            return "the canary is gone";
        });
        return findings.all();
    }

    private static void removeProbe(Store store, RunName run) {
        try {
            store.delete(Layout.keepingCheck(run.value()));
        } catch (StoreException e) {
            // Not every service takes a deletion as a mark: there its lock of a minute still holds.
            log.info("the probe of '{}' stays: {}", run, e.getMessage());
        }
    }
}
