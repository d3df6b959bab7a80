package dev.lifeboat.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that {@code lifeboat.yml} says, judged and with defaults filled in; holds references to secrets, no secret.
 *
 * @param repositories in the order of the file
 * @param databases in the order of the file
 * @param file absolute
 * @param sha256 of the content: comments, formatting and the order of keys make no difference
 */
public record Settings(
        Map<String, RepositorySettings> repositories,
        TemporalSettings temporal,
        Map<String, ClusterSettings> clusters,
        Map<String, DatabaseSettings> databases,
        SigningSettings signing,
        WorkerSettings worker,
        NotifySettings notifications,
        Path file,
        String sha256) {

    /** Reads and judges a file; throws {@link ConfigurationException} with everything that is wrong with it. */
    public static Settings load(Path file) {
        return load(file, System.getenv());
    }

    static Settings load(Path file, Map<String, String> environment) {
        SettingsTree tree = SettingsTree.parse(file, SettingsText.read(file));
        Path absolute = file.toAbsolutePath().normalize();
        return Block.readAll(
                tree.content(), new Findings(file, tree.lines()), root -> read(root, tree, absolute, environment));
    }

    private static Settings read(Block root, SettingsTree tree, Path file, Map<String, String> environment) {
        Path folder = Optional.ofNullable(file.getParent()).orElse(file);
        Map<String, RepositorySettings> repositories =
                root.named("repositories", entry -> RepositorySettings.read(entry, folder));
        Set<String> repositoryNames = root.namesUnder("repositories");
        if (!root.has("repositories") || root.isEmptyMap("repositories")) {
            root.refuseAt(
                    "repositories", "no repository is defined", "say where backups go, as in lifeboat.example.yml.");
        }
        TemporalSettings temporal = root.block("temporal", TemporalSettings::read);
        Map<String, ClusterSettings> clusters = root.named("clusters", ClusterSettings::read);
        DatabaseSettings.Around around =
                new DatabaseSettings.Around(clusters, root.namesUnder("clusters"), repositoryNames);
        Map<String, DatabaseSettings> databases =
                root.named("databases", entry -> DatabaseSettings.read(entry, around));
        SigningSettings signing = root.block("signing", SigningSettings::read);
        WorkerSettings worker = root.block("worker", block -> WorkerSettings.read(block, folder, environment));
        NotifySettings notifications = root.block("notify", block -> NotifySettings.read(block, folder));
        return new Settings(
                repositories, temporal, clusters, databases, signing, worker, notifications, file, tree.sha256());
    }

    /** Throws {@link ConfigurationException} with the nearest spelling when there is no such database. */
    public DatabaseSettings database(String name) {
        return named("databases", "database", databases, name);
    }

    /** Throws {@link ConfigurationException} with the nearest spelling when there is no such repository. */
    public RepositorySettings repository(String name) {
        return named("repositories", "repository", repositories, name);
    }

    /** How to reach the database that is called {@code database} here; throws like {@link #database}. */
    public ServerAddress server(String database) {
        return database(database).server();
    }

    private <T> T named(String block, String kind, Map<String, T> all, String name) {
        return Optional.ofNullable(all.get(name))
                .orElseThrow(() -> new Place(file, 0, block)
                        .refuse(
                                "there is no %s %s".formatted(kind, Shown.quoted(name)),
                                Spelling.hint(name, all.keySet())));
    }
}
