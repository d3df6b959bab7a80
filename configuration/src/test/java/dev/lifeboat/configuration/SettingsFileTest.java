package dev.lifeboat.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    @TempDir
    private Path folder;

    @Test
    void looks_at_the_flag_then_the_variable_then_here_then_in_etc() throws IOException {
        Path flag = Files.createFile(folder.resolve("flag.yml"));
        Path variable = Files.createFile(folder.resolve("variable.yml"));
        Path here = Files.createFile(folder.resolve("lifeboat.yml"));
        Path system = Files.createFile(folder.resolve("system.yml"));
        Map<String, String> environment = Map.of("LIFEBOAT_CONFIG", "variable.yml");

        assertThat(SettingsFile.find(Optional.of(Path.of("flag.yml")), environment, folder, system))
                .isEqualTo(flag);
        assertThat(SettingsFile.find(Optional.empty(), environment, folder, system))
                .isEqualTo(variable);
        assertThat(SettingsFile.find(Optional.empty(), Map.of("LIFEBOAT_CONFIG", ""), folder, system))
                .isEqualTo(here);
        Files.delete(here);
        assertThat(SettingsFile.find(Optional.empty(), Map.of(), folder, system))
                .isEqualTo(system);
    }

    @Test
    void never_takes_another_file_than_the_one_somebody_named() throws IOException {
        Files.createFile(folder.resolve("lifeboat.yml"));

        assertThat(refusal(Optional.of(Path.of("typo.yml")))).startsWith("typo.yml: there is no such file\nHint: ");
    }

    @Test
    void lists_where_it_looked() {
        assertThat(refusal(Optional.empty()))
                .isEqualTo(
                        "lifeboat.yml: no configuration; looked for --config, LIFEBOAT_CONFIG, lifeboat.yml and system.yml\n"
                                + "Hint: write one with 'lifeboat init', or name it with --config FILE.");
    }

    private String refusal(Optional<Path> flag) {
        return catchThrowableOfType(
                        ConfigurationException.class,
                        () -> SettingsFile.find(flag, Map.of(), folder, folder.resolve("system.yml")))
                .getMessage()
                .replace(folder + "/", "");
    }
}
