package dev.lifeboat.starter;

import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.SecretRef;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The repositories of a configuration that have one backup, whole or damaged. */
final class Copies {

    private final Settings settings;
    private final BackupId backup;

    Copies(Settings settings, BackupId backup) {
        this.settings = settings;
        this.backup = backup;
    }

    /** One of them, with the key that opens what is in it. */
    record Copy(String name, Repository place, Optional<AgeIdentity> identity) {}

    /** The copy in the repository of that name, or the first there is. Keys are read before anything else is. */
    Copy find(Optional<String> wanted) {
        List<RepositorySettings> candidates = candidates(wanted);
        List<CommandException> unreachable = new ArrayList<>();
        for (RepositorySettings candidate : candidates) {
            Optional<AgeIdentity> identity = candidate.identity().map(this::identity);
            try {
                Repository place = Places.open(candidate);
                if (has(place)) {
                    return new Copy(candidate.name(), place, identity);
                }
            } catch (CommandException e) {
                unreachable.add(e);
            }
        }
        throw Places.none(backup, candidates, unreachable);
    }

    /** The other repositories that have it; those that cannot be reached are left out. */
    List<String> others(String name) {
        return settings.repositories().values().stream()
                .filter(it -> !it.name().equals(name))
                .filter(this::hasIfReached)
                .map(RepositorySettings::name)
                .toList();
    }

    private List<RepositorySettings> candidates(Optional<String> wanted) {
        return wanted.map(settings::repository)
                .map(List::of)
                .orElseGet(() -> List.copyOf(settings.repositories().values()));
    }

    private AgeIdentity identity(SecretRef reference) {
        try {
            return AgeIdentity.parse(reference.read());
        } catch (StoreException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the identity '%s' cannot be used: %s".formatted(reference, e.getMessage()),
                    Failures.sentence(e.hint()),
                    e);
        }
    }

    private boolean hasIfReached(RepositorySettings candidate) {
        try {
            return has(Places.open(candidate));
        } catch (CommandException e) {
            return false;
        }
    }

    /** Whether there is something in the place of its manifest, however damaged: that is what is looked at. */
    private boolean has(Repository place) {
        try {
            return place.manifestBytes(backup).isPresent();
        } catch (StoreException e) {
            return switch (e.problem()) {
                case DAMAGED, UNSUITABLE, DENIED -> true;
                case NOT_FOUND -> false;
                case EXISTS, FULL, UNREACHABLE ->
                    throw Places.unreadable(place.store().url(), e);
            };
        }
    }
}
