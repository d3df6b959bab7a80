package dev.lifeboat.workers;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.activities.notification.RoutedDeliveryActivities;
import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.SettingsFile;
import dev.lifeboat.workflows.activity.DeliveryActivities;
import dev.lifeboat.workflows.activity.DeliveryActivities.Delivered;
import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tells what {@code lifeboat watchdog} found by the channels of {@code lifeboat.yml}, and needs no Temporal for it. The
 * command starts it as a process and gives it its own JSON on standard input, with what is to be told.
 */
@Command(name = "alarm", hidden = true)
final class Alarm implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(Alarm.class);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int NOBODY_TOLD = 1;
    private static final int WRONG_CONFIGURATION = 2;
    private static final int FINDINGS = 5;

    private final InputStream findings;

    @Option(names = "--config", paramLabel = "FILE", description = "the configuration to read")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--answer", paramLabel = "FILE", description = "where to write who was told of what")
    private Optional<Path> answer = Optional.empty();

    Alarm(InputStream findings) {
        this.findings = findings;
    }

    @Override
    public Integer call() throws IOException {
        try {
            Settings settings = Settings.load(SettingsFile.find(config, System.getenv(), Path.of("")));
            DeliveryActivities delivery = new RoutedDeliveryActivities(settings);
            return tell(delivery, MAPPER.readTree(findings), Instant.now());
        } catch (ConfigurationException e) {
            log.error("{}", e.getMessage());
            return WRONG_CONFIGURATION;
        }
    }

    private int tell(DeliveryActivities delivery, JsonNode document, Instant now) throws IOException {
        ObjectNode answered = MAPPER.createObjectNode();
        ArrayNode all = answered.putArray("delivered");
        boolean allTold = true;
        for (JsonNode word : document.path("tell")) {
            Delivered delivered = delivery.deliver(telling(word, document.path("findings"), now));
            delivered.failed().forEach(why -> log.warn("{}", why));
            allTold &= !delivered.told().isEmpty();
            all.add(MAPPER.<ObjectNode>valueToTree(delivered)
                    .put("database", word.path("database").asText()));
        }
        if (answer.isPresent()) {
            Files.write(answer.get(), MAPPER.writeValueAsBytes(answered));
        }
        return allTold ? 0 : NOBODY_TOLD;
    }

    private static Telling telling(JsonNode word, JsonNode findings, Instant now) {
        String database = word.path("database").asText();
        RunName run = RunName.of("watchdog", database, now, UUID.randomUUID().toString());
        Kind kind = Kind.valueOf(word.path("kind").asText());
        boolean over = kind == Kind.OVER;
        List<JsonNode> seen = findings.valueStream()
                .filter(it -> it.path("database").asText().equals(database))
                .filter(it -> over || isBad(it))
                .toList();
        Notice notice = new Notice(
                run,
                run.right(),
                over ? News.WELL : News.FAILED,
                word.path("worst").asText().equals("FAIL") ? Severity.P1 : Severity.P2,
                "watchdog",
                seen.stream().limit(FINDINGS).map(Alarm::words).collect(joining("; ")),
                "",
                over ? "nothing" : seen.getFirst().path("hint").asText());
        return new Telling(
                run.value(),
                kind,
                notice.severity(),
                notice,
                Instant.parse(word.path("since").asText()),
                List.of(),
                word.path("channels").valueStream().map(JsonNode::asText).toList(),
                word.path("again").asBoolean());
    }

    private static boolean isBad(JsonNode finding) {
        return List.of("FAIL", "INCONCLUSIVE").contains(verdict(finding));
    }

    private static String words(JsonNode finding) {
        return "%s: %s"
                .formatted(
                        finding.path("repository").asText(),
                        finding.path("words").asText());
    }

    private static String verdict(JsonNode finding) {
        return finding.path("verdict").asText();
    }
}
