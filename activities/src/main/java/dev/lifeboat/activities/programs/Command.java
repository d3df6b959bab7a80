package dev.lifeboat.activities.programs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to start. Secrets are in neither part: arguments and environment can be read by others.
 *
 * @param program the executable's full path
 * @param environment all that the program gets, besides a path and a neutral locale; ours is not handed on
 */
public record Command(Path program, List<String> arguments, Map<String, String> environment) {

    public String name() {
        return program.getFileName().toString();
    }
}
