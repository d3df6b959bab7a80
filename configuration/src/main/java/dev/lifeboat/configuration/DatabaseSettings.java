package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One database that is backed up.
 *
 * @param name what people call it here; the server may know it by another
 * @param cluster the server it lives on, when that is one of the clusters of the file
 * @param verification how all its backups are looked at together
 */
public record DatabaseSettings(
        String name,
        Optional<String> cluster,
        ServerAddress server,
        BackupSettings backup,
        VerificationSettings verification) {

    /** What is known when databases are read: the clusters, the names of all written ones, and of the repositories. */
    record Around(Map<String, ClusterSettings> clusters, Set<String> clusterNames, Set<String> repositoryNames) {}

    static Optional<DatabaseSettings> read(Block.Named entry, Around around) {
        Block block = entry.block();
        Optional<String> cluster = block.value("cluster", Scalar::text);
        Optional<ServerAddress> server = server(entry, cluster, around);
        BackupSettings backup = block.block("backup", inner -> BackupSettings.read(inner, around.repositoryNames()));
        VerificationSettings verification =
                block.block("verification", inner -> VerificationSettings.read(inner, backup.schedule()));
        return server.map(address -> new DatabaseSettings(entry.name(), cluster, address, backup, verification));
    }

    private static Optional<ServerAddress> server(Block.Named entry, Optional<String> cluster, Around around) {
        Block block = entry.block();
        Optional<ServerAddress> direct = block.value("url", ServerUrl::ofDatabase);
        Optional<SecretRef> password = block.secret("password");
        Optional<String> serverName = block.value("name", DatabaseSettings::serverName);
        refuseContradictions(block);
        if (block.has("url")) {
            return direct.map(address -> address.withPassword(password));
        }
        cluster.filter(name -> !around.clusterNames().contains(name))
                .ifPresent(name -> block.refuseAt(
                        "cluster",
                        "there is no cluster %s".formatted(Shown.quoted(name)),
                        Spelling.hint(name, around.clusterNames())));
        return cluster.flatMap(name -> Optional.ofNullable(around.clusters().get(name)))
                .map(found -> found.server().withDatabase(serverName.orElse(entry.name())));
    }

    private static void refuseContradictions(Block block) {
        if (block.has("url") && block.has("cluster")) {
            block.refuse(
                    "both 'cluster' and 'url'",
                    "keep 'cluster', or keep 'url' for a server that is named nowhere else.");
        } else if (block.has("url") && block.has("name")) {
            block.refuseAt(
                    "name", "the url already names the database", "remove 'name', and write it at the url's end.");
        } else if (block.has("cluster") && block.has("password")) {
            block.refuseAt("password", "the cluster already has a password", "write 'password' under the cluster.");
        } else if (!block.has("cluster") && !block.has("url")) {
            block.refuse(
                    "neither 'cluster' nor 'url'",
                    "write cluster: NAME, or url: postgresql://USER@HOST:5432/DATABASE.");
        }
    }

    private static String serverName(JsonNode node) {
        String name = Scalar.text(node);
        if (name.indexOf('\0') >= 0) {
            throw new Refused("the name holds a zero byte", "write the name as the server shows it (psql -l).");
        }
        return name;
    }
}
