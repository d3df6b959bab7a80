package dev.lifeboat.activities.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lifeboat.activities.Documents;
import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.Repositories;
import dev.lifeboat.configuration.BackupSettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.MadeOnSchedule;
import dev.lifeboat.repository.MadeOnSchedule.Earlier;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.Trust;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.workflows.activity.BackupPolicy;
import dev.lifeboat.workflows.activity.CopyPolicy;
import dev.lifeboat.workflows.activity.PolicyActivities;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.RunName;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The policy as {@code lifeboat.yml} says it, stored beside the run's report so that it can be read years later. */
public final class ConfiguredPolicyActivities implements PolicyActivities {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Settings settings;
    private final Repositories repositories;
    private final Claiming claiming;
    private final InstantSource clock;

    /** @param origin which Temporal keeps the run that a thread works for */
    public ConfiguredPolicyActivities(Settings settings, Repositories repositories, Supplier<String> origin) {
        this(settings, repositories, origin, InstantSource.system());
    }

    /** @param clock what says which backups cannot have been made yet */
    public ConfiguredPolicyActivities(
            Settings settings, Repositories repositories, Supplier<String> origin, InstantSource clock) {
        this.settings = settings;
        this.repositories = repositories;
        this.claiming = new Claiming(origin);
        this.clock = clock;
    }

    @Override
    public BackupPolicy loadBackupPolicy(RunName run, BackupRequest request) {
        BackupSettings backup = settings.database(request.database()).backup();
        String home = request.to().orElse(backup.home());
        settings.repository(home);
        Repository repository = repositories.openOrCreate(home, StoreRight.WRITE);
        Instant here = clock.instant();
        // Temporal's clock said that this point has come, and this machine's may be behind.
        Instant now = request.nominal().filter(here::isBefore).orElse(here);
        Trust trust = new Trust(TrustedKeys.knownHere(settings.signing()), now);
        // Under the right, so nobody can be making one meanwhile.
        Optional<Earlier> made =
                request.nominal().flatMap(it -> new MadeOnSchedule(repository, request.database(), trust).earlier(it));
        if (made.isEmpty()) {
            claiming.claim(repository, run, request, backup, trust);
        }
        Documents documents = new Documents(repository, home, run);
        // Who names another repository wants it there, and nowhere else.
        List<String> further = request.to().isPresent() ? List.of() : backup.further();
        return new BackupPolicy(
                home,
                backup.giveUpAfter(),
                settings.temporal().searchAttributes(),
                documents.store("policy.json", json(policy(request, backup, home, further))),
                further.stream().filter(it -> !backup.optional().contains(it)).toList(),
                further.stream().filter(backup.optional()::contains).toList(),
                backup.verify(),
                made.map(it -> it.backup().value()),
                made.filter(Earlier::endedWell).isPresent());
    }

    @Override
    public CopyPolicy loadCopyPolicy(RunName run, String backup, String to, Optional<String> from) {
        BackupId id = id(backup);
        BackupSettings policy = settings.database(id.database()).backup();
        settings.repository(to);
        from.ifPresent(settings::repository);
        from.filter(to::equals).ifPresent(same -> {
            throw Failures.permanent(
                    FailureType.CONFIGURATION,
                    "'%s' is where it is copied from and where to".formatted(same),
                    "name two repositories");
        });
        return new CopyPolicy(
                id.database(),
                from.orElseGet(() -> holder(id, to, policy.to())),
                policy.copyGiveUpAfter(),
                settings.temporal().searchAttributes());
    }

    private static BackupId id(String backup) {
        try {
            return new BackupId(backup);
        } catch (IllegalArgumentException e) {
            throw Failures.permanent(
                    FailureType.CONFIGURATION,
                    String.valueOf(e.getMessage()),
                    "'lifeboat backups' lists what there is");
        }
    }

    /** The first repository of the database that has the backup, other than the one that wants it. */
    private String holder(BackupId backup, String to, List<String> candidates) {
        Optional<StoreException> away = Optional.empty();
        for (String candidate : candidates) {
            try {
                if (!candidate.equals(to)
                        && repositories
                                .open(candidate, StoreRight.WRITE)
                                .manifestBytes(backup)
                                .isPresent()) {
                    return candidate;
                }
            } catch (StoreException e) {
                away = Optional.of(e); // another one may have it
            }
        }
        throw away.<RuntimeException>map(it -> it)
                .orElseGet(() -> Failures.permanent(
                        FailureType.CONFIGURATION,
                        "there is no backup '%s' to copy in %s".formatted(backup, String.join(", ", candidates)),
                        "'lifeboat backups' lists what there is"));
    }

    // In words and figures, without addresses' passwords: those are references and stay in the file.
    private Map<String, Object> policy(
            BackupRequest request, BackupSettings backup, String home, List<String> further) {
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("format", 1);
        policy.put("configuration", settings.sha256());
        policy.put("database", request.database());
        policy.put("tag", request.tag().value());
        policy.put("repository", home);
        policy.put("recipients", List.copyOf(settings.repository(home).recipients()));
        policy.put("engine", backup.engine());
        policy.put("compressionLevel", backup.compressionLevel());
        policy.put("giveUpAfter", backup.giveUpAfter().toString());
        policy.put("finishAlone", backup.finishAlone().toString());
        policy.put("stalledAfter", backup.stalledAfter().toString());
        policy.put("further", further);
        policy.put("optional", backup.optional());
        policy.put("copyGiveUpAfter", backup.copyGiveUpAfter().toString());
        policy.put("verify", backup.verify());
        policy.put("sizeTolerancePercent", backup.sizeTolerance());
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
