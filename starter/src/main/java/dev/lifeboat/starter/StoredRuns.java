package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Claim;
import dev.lifeboat.repository.Claims;
import dev.lifeboat.repository.Reports;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.workflows.model.RunName;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The runs that repositories tell of and Temporal does not, or not any more. */
final class StoredRuns {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int CLAIMS = 20;
    private static final String UNREADABLE = "unreadable report";

    private final Map<RunName, ListedRun> found = new LinkedHashMap<>();
    private final List<CommandException> unreadable = new ArrayList<>();
    private final Set<String> known;
    private final int limit;
    private final Instant now;

    private StoredRuns(Set<String> known, int limit, Instant now) {
        this.known = known;
        this.limit = limit;
        this.now = now;
    }

    /**
     * Looks into each repository, at its newest {@code limit} runs.
     *
     * @param known names of runs that Temporal lists: they are not looked for
     */
    static StoredRuns in(Collection<RepositorySettings> repositories, Set<String> known, int limit, Instant now) {
        StoredRuns runs = new StoredRuns(known, limit, now);
        repositories.forEach(runs::look);
        return runs;
    }

    List<ListedRun> runs() {
        return List.copyOf(found.values());
    }

    /** Why some repositories told nothing. */
    List<CommandException> unreadable() {
        return List.copyOf(unreadable);
    }

    private void look(RepositorySettings settings) {
        try {
            Repository repository = Places.open(settings);
            Reports reports = new Reports(repository);
            for (Reports.Trace trace : reports.newest(limit)) {
                if (known.contains(trace.run()) || !RunName.looksLike(trace.run())) {
                    continue;
                }
                RunName run = new RunName(trace.run());
                Optional<ListedRun> listed = trace.reported()
                        ? reported(reports, run, settings.name())
                        : silent(repository, run, settings.name());
                // A report tells more than a trace in another repository does.
                listed.ifPresent(
                        it -> found.merge(run, it, (one, other) -> one.ended().isPresent() ? one : other));
            }
        } catch (CommandException e) {
            unreadable.add(e);
        } catch (StoreException e) {
            unreadable.add(Places.unreadable(settings.name(), e));
        } catch (ConfigurationException e) {
            unreadable.add(CommandException.unreachable(
                    "the repository '%s' cannot be read: %s".formatted(settings.name(), e.getMessage()),
                    "Give this machine the reader's keys, or name another one with --repository."));
        }
    }

    private static Optional<ListedRun> reported(Reports reports, RunName run, String repository) {
        try {
            Optional<byte[]> stored = reports.report(run.value());
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            JsonNode report = MAPPER.readTree(stored.get());
            return ListedRun.ofReport(run, report, repository).or(() -> silent(run, UNREADABLE, repository));
        } catch (IOException e) {
            return silent(run, UNREADABLE, repository);
        } catch (StoreException e) {
            refuseIfAway(e);
            return silent(run, UNREADABLE, repository);
        }
    }

    // Its claim says until when it may still be at work under another Temporal than the one that was asked.
    private Optional<ListedRun> silent(Repository repository, RunName run, String name) {
        boolean mayWork =
                claim(repository, run).filter(it -> now.isBefore(it.expires())).isPresent();
        return silent(run, mayWork ? "no report yet" : "ended without a report", name);
    }

    private static Optional<ListedRun> silent(RunName run, String state, String repository) {
        try {
            return Optional.of(ListedRun.silent(run, state, repository));
        } catch (DateTimeException noRealTime) {
            return Optional.empty();
        }
    }

    private static Optional<Claim> claim(Repository repository, RunName run) {
        try {
            return database(run)
                    .flatMap(database -> new Claims(repository, database)
                            .newest(CLAIMS).claims().stream()
                                    .filter(it -> it.run().equals(run.value()))
                                    .findFirst());
        } catch (StoreException e) {
            refuseIfAway(e);
            return Optional.empty();
        }
    }

    /** One object that cannot be read hides no other; a store that does not answer hides all. */
    private static void refuseIfAway(StoreException e) {
        switch (e.problem()) {
            case DAMAGED, UNSUITABLE, DENIED, NOT_FOUND -> {}
            case EXISTS, FULL, UNREACHABLE -> throw e;
        }
    }

    private static Optional<String> database(RunName run) {
        try {
            return run.verb().equals("backup") ? Optional.of(BackupId.checkDatabase(run.target())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
