package dev.lifeboat.workers.metrics;

import dev.lifeboat.configuration.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that repositories and configuration together say about backups at one instant. */
final class Figures {

    private final Settings settings;
    private final ScheduleFigures schedules;

    Figures(Settings settings) {
        this.settings = settings;
        this.schedules = new ScheduleFigures(settings);
    }

    void add(List<RepositoryReading> readings, Instant now, Samples samples) {
        settings.repositories()
                .values()
                .forEach(it -> it.folder()
                        .ifPresent(folder -> samples.add(Family.REPOSITORY_MINIMUM_FREE, it.minimumFree(), it.name())));
        readings.forEach(it -> samples.group("backups in " + it.repository(), () -> BackupFigures.add(it, samples)));
        samples.group(
                "runs",
                () -> RunFigures.add(
                        readings.stream().flatMap(it -> it.runs().stream()).toList(), now, samples));
        Map<String, RepositoryReading> byName =
                readings.stream().collect(Collectors.toMap(RepositoryReading::repository, Function.identity()));
        CopyFigures copies = new CopyFigures(byName, now, samples);
        settings.databases()
                .forEach((name, database) ->
                        samples.group("copies of " + name, () -> copies.add(name, database.backup())));
        schedules.add(readings.stream().flatMap(it -> it.backups().stream()).toList(), now, samples);
    }
}
