package dev.lifeboat.activities.backup;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.Few;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Comparison;
import dev.lifeboat.repository.History;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.Trust;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.CompareActivities;
import dev.lifeboat.workflows.model.FailureType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares manifests in a repository. */
public final class RepositoryCompareActivities implements CompareActivities {

    private final Tools tools;
    private final InstantSource clock;

    public RepositoryCompareActivities(Tools tools) {
        this(tools, InstantSource.system());
    }

    /** @param clock what says which backups cannot have been made yet */
    public RepositoryCompareActivities(Tools tools, InstantSource clock) {
        this.tools = tools;
        this.clock = clock;
    }

    @Override
    public Compared compare(BackupOrder order) {
        Repository repository = tools.repositories().open(order.repository(), StoreRight.WRITE);
        Manifest later = repository
                .manifest(new BackupId(order.backup()))
                .orElseThrow(() -> Failures.permanent(
                        FailureType.STORED_BYTES_DIFFER,
                        "the manifest of '%s' is not in repository '%s' any more"
                                .formatted(order.backup(), order.repository()),
                        "see who else removes things there"));
        // Else whoever may write there decides what the new one is compared with.
        Trust trust = new Trust(TrustedKeys.knownHere(tools.settings().signing()), clock.instant());
        History.Found found = new History(repository).before(later, trust);
        List<String> notes = new ArrayList<>(found.unreadable().stream()
                .map("the manifest of '%s' cannot be read and was passed over"::formatted)
                .toList());
        return found.earlier()
                .map(it -> compared(it, later, notes))
                .orElseGet(() -> none(later, found.complete(), notes));
    }

    private Compared compared(Manifest earlier, Manifest later, List<String> notes) {
        int tolerance = tools.settings().database(later.database()).backup().sizeTolerance();
        Comparison comparison = Comparison.of(earlier, later, tolerance);
        notes.addAll(comparison.notes());
        String where = "compare it with '%s' by lifeboat backups show".formatted(earlier.backup());
        return new Compared(
                Optional.of(earlier.backup().value()), Few.of(comparison.warnings(), where), Few.of(notes, where));
    }

    private static Compared none(Manifest later, boolean complete, List<String> notes) {
        String tag = later.tag().orElse("");
        notes.addFirst(
                complete
                        ? "the first backup of '%s' with the tag '%s'".formatted(later.database(), tag)
                        : "none of the %d backups of '%s' before it has the tag '%s'; older ones were not looked at"
                                .formatted(History.MOST, later.database(), tag));
        return new Compared(Optional.empty(), List.of(), Few.of(notes, "lifeboat backups lists them"));
    }
}
