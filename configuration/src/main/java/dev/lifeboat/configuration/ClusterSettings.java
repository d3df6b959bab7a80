package dev.lifeboat.configuration;

import java.util.Optional;

/** One PostgreSQL server that keeps one or more databases. */
public record ClusterSettings(String name, ServerAddress server) {

    static Optional<ClusterSettings> read(Block.Named entry) {
        Optional<ServerAddress> address = entry.block().required("url", ServerUrl.EXAMPLE, ServerUrl::ofCluster);
        Optional<SecretRef> password = entry.block().secret("password");
        return address.map(server -> new ClusterSettings(entry.name(), server.withPassword(password)));
    }
}
