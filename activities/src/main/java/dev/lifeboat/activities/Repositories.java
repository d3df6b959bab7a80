package dev.lifeboat.activities;

import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.workflows.model.FailureType;
import java.util.function.UnaryOperator;

/** The repositories of {@code lifeboat.yml}, by name, as this worker reaches them. */
public final class Repositories {

    private final Settings settings;
    private final String host;
    private final UnaryOperator<Store> door;

    /**
     * As this worker reaches them.
     *
     * @param host the name under which this worker serves its machine
     * @param door what stands between us and every store; tests count and kill there
     */
    public Repositories(Settings settings, String host, UnaryOperator<Store> door) {
        this.settings = settings;
        this.host = host;
        this.door = door;
    }

    /** The repository, which must be there. */
    public Repository open(String name) {
        return Repository.open(store(name));
    }

    /** The repository, made if its place is empty. */
    public Repository openOrCreate(String name) {
        return Repository.openOrCreate(store(name));
    }

    private Store store(String name) {
        RepositorySettings repository = settings.repository(name);
        repository.host().filter(it -> !it.equals(host)).ifPresent(other -> {
            throw Failures.permanent(
                    FailureType.REPOSITORY_UNSUITABLE,
                    "repository '%s' lies on host '%s', and this worker is '%s'".formatted(name, other, host),
                    "start the workers of all roles on '%s', or say `shared: true`".formatted(other));
        });
        return door.apply(Stores.open(repository.url()));
    }
}
