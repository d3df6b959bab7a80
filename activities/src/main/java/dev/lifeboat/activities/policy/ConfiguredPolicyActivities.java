package dev.lifeboat.activities.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lifeboat.activities.Documents;
import dev.lifeboat.activities.Repositories;
import dev.lifeboat.configuration.BackupSettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.activity.BackupPolicy;
import dev.lifeboat.workflows.activity.PolicyActivities;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.model.RunName;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The policy as {@code lifeboat.yml} says it, stored beside the run's report so that it can be read years later. */
public final class ConfiguredPolicyActivities implements PolicyActivities {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Settings settings;
    private final Repositories repositories;

    public ConfiguredPolicyActivities(Settings settings, Repositories repositories) {
        this.settings = settings;
        this.repositories = repositories;
    }

    @Override
    public BackupPolicy loadBackupPolicy(RunName run, BackupRequest request) {
        BackupSettings backup = settings.database(request.database()).backup();
        String home = request.to().orElse(backup.to().getFirst());
        settings.repository(home);
        Documents documents = new Documents(repositories.openOrCreate(home), home, run);
        return new BackupPolicy(
                home,
                backup.giveUpAfter(),
                settings.temporal().searchAttributes(),
                documents.store("policy.json", json(policy(request, backup, home))));
    }

    // In words and figures, without addresses' passwords: those are references and stay in the file.
    private Map<String, Object> policy(BackupRequest request, BackupSettings backup, String home) {
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("format", 1);
        policy.put("configuration", settings.sha256());
        policy.put("database", request.database());
        policy.put("repository", home);
        policy.put("recipients", List.copyOf(settings.repository(home).recipients()));
        policy.put("engine", backup.engine());
        policy.put("compressionLevel", backup.compressionLevel());
        policy.put("giveUpAfter", backup.giveUpAfter().toString());
        policy.put("finishAlone", backup.finishAlone().toString());
        policy.put("stalledAfter", backup.stalledAfter().toString());
        return policy;
    }

    private static byte[] json(Map<String, Object> policy) {
        try {
            return (JSON.writeValueAsString(policy) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
