package dev.lifeboat.configuration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach one database on a PostgreSQL server.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param parameters of libpq, such as {@code sslmode}, in the order of the URL
 */
public record ServerAddress(
        String host,
        int port,
        String user,
        String database,
        Optional<SecretRef> password,
        Map<String, String> parameters) {

    public ServerAddress {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    ServerAddress withDatabase(String name) {
        return new ServerAddress(host, port, user, name, password, parameters);
    }

    ServerAddress withPassword(Optional<SecretRef> reference) {
        return new ServerAddress(host, port, user, database, reference, parameters);
    }
}
