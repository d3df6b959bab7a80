package dev.lifeboat.starter;

import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.starter.schedules.Homes;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Terminal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The repositories of a configuration, opened to read in this very process: no Temporal, no worker. */
final class Places {

    private final Settings settings;

    Places(Settings settings) {
        this.settings = settings;
    }

    /** A committed backup and where it lies. */
    record Found(String repository, Repository place, Manifest manifest) {}

    /** @throws CommandException with exit code 1 when it is damaged, with 5 whatever else keeps it from being opened */
    static Repository open(RepositorySettings repository) {
        try {
            return Repository.open(Stores.open(repository.location(), StoreRight.READ));
        } catch (StoreException e) {
            throw unreadable(repository.name(), e);
        }
    }

    /** By what this configuration's schedules are known. */
    static Homes homes(Settings settings) {
        return Homes.of(settings, it -> {
            try {
                return open(it).id();
            } catch (ConfigurationException e) {
                throw Failures.explain(e); // a secret that is not in this shell hides one repository only
            }
        });
    }

    static CommandException unreadable(String repository, StoreException e) {
        return new CommandException(
                e.problem() == StoreException.Problem.DAMAGED ? ExitCode.BAD : ExitCode.UNREACHABLE,
                "the repository '%s' cannot be read: %s".formatted(repository, e.getMessage()),
                Failures.sentence(e.hint()),
                e);
    }

    /** The backup of that id, from the first repository that has it and can be read. */
    Found backup(String typed) {
        return backup(typed, settings.repositories().values());
    }

    /** The backup of that id from one repository, by its name. */
    Found backup(String typed, String repository) {
        return backup(typed, List.of(settings.repository(repository)));
    }

    private Found backup(String typed, Collection<RepositorySettings> repositories) {
        BackupId id = id(typed);
        List<CommandException> unreadable = new ArrayList<>();
        for (RepositorySettings repository : repositories) {
            try {
                Repository place = open(repository);
                Optional<Manifest> manifest = place.manifest(id);
                if (manifest.isPresent()) {
                    return new Found(repository.name(), place, manifest.get());
                }
            } catch (CommandException e) {
                unreadable.add(e);
            } catch (StoreException e) {
                // Another repository may have it whole.
                unreadable.add(unreadable(repository.name(), e));
            }
        }
        throw none(id, repositories, unreadable);
    }

    /** Why a backup was not found: what kept a repository from being read, else that none has it. */
    static CommandException none(
            BackupId id, Collection<RepositorySettings> repositories, List<CommandException> unreadable) {
        String names = repositories.stream().map(RepositorySettings::name).collect(Collectors.joining(", "));
        return unreadable.isEmpty()
                ? CommandException.usage(
                        "there is no backup '%s' in %s".formatted(id, names),
                        "'lifeboat backups %s' lists what there is.".formatted(id.database()))
                : unreadable.getFirst();
    }

    static BackupId id(String typed) {
        try {
            return new BackupId(typed);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(
                    Terminal.clean(String.valueOf(e.getMessage())), "'lifeboat backups' lists what there is.");
        }
    }
}
