package dev.lifeboat.starter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The process that tells people what the watchdog found: channels are the worker's part, and it needs no server. */
final class AlarmProcess {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Longer than all channels together may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<String> command;

    /** @param command to which {@code --answer FILE} is added */
    AlarmProcess(List<String> command) {
        this.command = List.copyOf(command);
    }

    /**
     * Who heard of one database.
     *
     * @param told the channels that confirmed it
     * @param unclear those that may have got it
     * @param failed why others did not, in lines
     */
    record Heard(List<String> told, List<String> unclear, List<String> failed) {

        static final Heard NOBODY = new Heard(List.of(), List.of(), List.of());

        private boolean isExplained() {
            return !told.isEmpty() || !failed.isEmpty();
        }
    }

    /**
     * What came of it.
     *
     * @param heard by database; who is not in it was not told
     * @param trouble the last words of the process, if it ended badly
     */
    record Answer(Map<String, Heard> heard, Optional<String> trouble) {

        Heard of(String database) {
            return heard.getOrDefault(database, Heard.NOBODY);
        }

        /** Why somebody was not told of these databases, in lines for whoever typed the command: each reason once. */
        List<String> reasons(Collection<String> databases) {
            List<String> lines = new ArrayList<>();
            // Mostly its last words are the failure of a channel, which the answer names as well.
            if (!databases.stream().map(this::of).allMatch(Heard::isExplained)) {
                trouble.ifPresent(
                        why -> lines.add("not everybody could be told by the channels of lifeboat.yml: " + why));
            }
            databases.forEach(database -> of(database)
                    .failed()
                    .forEach(why -> lines.add("about %s was not told, %s".formatted(database, why))));
            return lines;
        }
    }

    /** Tells it, and waits for the answer. */
    Answer tell(String findings) {
        try {
            Path said = Files.createTempFile("lifeboat-alarm", ".log");
            Path answer = Files.createTempFile("lifeboat-alarm", ".json");
            try {
                Optional<String> trouble = tell(findings, said, answer);
                return new Answer(read(answer), trouble);
            } finally {
                Files.delete(said);
                Files.delete(answer);
            }
        } catch (IOException e) {
            return nobody(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return nobody("interrupted");
        }
    }

    private static Answer nobody(String why) {
        return new Answer(Map.of(), Optional.of(why));
    }

    private Optional<String> tell(String findings, Path said, Path answer) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("--answer", answer.toString()));
        Process process = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(findings.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return Optional.of("it took longer than %d s".formatted(PATIENCE.toSeconds()));
        }
        return process.exitValue() == 0
                ? Optional.empty()
                : Optional.of(Files.readString(said)
                        .lines()
                        .reduce((before, last) -> last)
                        .orElse("it ended with " + process.exitValue()));
    }

    // A process that died has perhaps told somebody; not to know whom means that it is told again.
    private static Map<String, Heard> read(Path answer) throws IOException {
        Map<String, Heard> heard = new HashMap<>();
        try {
            MAPPER.readTree(answer.toFile())
                    .path("delivered")
                    .forEach(it -> heard.put(
                            it.path("database").asText(),
                            new Heard(words(it.path("told")), words(it.path("unclear")), words(it.path("failed")))));
        } catch (JsonProcessingException e) {
            return Map.of();
        }
        return heard;
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(it -> words.add(it.asText()));
        return List.copyOf(words);
    }
}
