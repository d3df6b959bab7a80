package dev.lifeboat.configuration;

import java.nio.file.Path;

/**
 * Where something is written: a settings file, a line in it, and the path of keys that leads there.
 *
 * @param line counted from 1; 0 where no line can be named
 * @param path keys joined by dots, such as {@code databases.orders.backup}; empty for the file as a whole
 */
public record Place(Path file, int line, String path) {

    ConfigurationException refuse(String problem, String hint) {
        return new ConfigurationException(new Problem(file, line, path, problem, hint));
    }
}
