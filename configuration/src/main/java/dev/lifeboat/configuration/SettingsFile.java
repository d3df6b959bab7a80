package dev.lifeboat.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the file to read. */
public final class SettingsFile {

    private static final Path OF_THE_SYSTEM = Path.of("/etc/lifeboat/lifeboat.yml");
    private static final String VARIABLE = "LIFEBOAT_CONFIG";

    private SettingsFile() {}

    /**
     * The file that the flag names, else the variable LIFEBOAT_CONFIG, else the first that exists of ./lifeboat.yml and
     * /etc/lifeboat/lifeboat.yml. A file that somebody named is never replaced by another one.
     *
     * @throws ConfigurationException when there is none
     */
    public static Path find(Optional<Path> flag, Map<String, String> environment, Path workingFolder) {
        return find(flag, environment, workingFolder, OF_THE_SYSTEM);
    }

    static Path find(Optional<Path> flag, Map<String, String> environment, Path workingFolder, Path ofTheSystem) {
        Optional<Path> named = flag.or(() -> Optional.ofNullable(environment.get(VARIABLE))
                        .filter(value -> !value.isBlank())
                        .map(Path::of))
                .map(workingFolder::resolve);
        if (named.isPresent()) {
            return existing(named.get());
        }
        List<Path> usual = List.of(workingFolder.resolve("lifeboat.yml"), ofTheSystem);
        return usual.stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new Place(usual.getFirst(), 0, "")
                        .refuse(
                                "no configuration; looked for --config, %s, %s and %s"
                                        .formatted(VARIABLE, usual.getFirst(), ofTheSystem),
                                "write one with 'lifeboat init', or name it with --config FILE."));
    }

    private static Path existing(Path named) {
        if (Files.exists(named)) {
            return named;
        }
        throw new Place(named, 0, "")
                .refuse(
                        "there is no such file",
                        "correct --config or %s, or write one with 'lifeboat init'.".formatted(VARIABLE));
    }
}
