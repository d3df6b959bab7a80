package dev.lifeboat.activities.check;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.seal.Seal;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.ReadCheckActivities;
import dev.lifeboat.workflows.model.RunName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** Tries, on the worker that restores, whether its key opens what the writing worker sealed. */
public final class TriedReadCheckActivities implements ReadCheckActivities {

    private final Tools tools;

    public TriedReadCheckActivities(Tools tools) {
        this.tools = tools;
    }

    @Override
    public List<Finding> canary(RunName run, String name) {
        Findings findings = new Findings("repositories." + name);
        RepositorySettings settings = tools.settings().repository(name);
        String check = "the identity opens what was sealed";
        if (settings.identity().isEmpty()) {
            findings.warn(
                    check,
                    "this worker has no `identity`, so it cannot restore",
                    "name the age identity where restores run; workers that only write go without");
            return findings.all();
        }
        findings.attempt(check, () -> {
            AgeIdentity identity =
                    AgeIdentity.parse(settings.identity().orElseThrow().read());
            open(run, name, identity);
            return "opened as " + identity.recipient();
        });
        return findings.all();
    }

    private void open(RunName run, String name, AgeIdentity identity) {
        try (InputStream plain = Seal.reader(
                tools.repositories().open(name, StoreRight.READ).store().open(Layout.check(run.value())), identity)) {
            if (!Arrays.equals(plain.readAllBytes(), TriedWriteCheckActivities.CANARY)) {
                throw new IllegalStateException("the canary opened, but says something else");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
