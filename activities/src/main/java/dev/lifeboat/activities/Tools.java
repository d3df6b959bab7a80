package dev.lifeboat.activities;

import dev.lifeboat.activities.postgres.ClientPrograms;
import dev.lifeboat.activities.postgres.Sql;
import dev.lifeboat.activities.programs.Programs;
import dev.lifeboat.configuration.Settings;
import java.nio.file.Path;

/**
 * What activities work with on this machine.
 *
 * @param scratch this process's own folder for what must not stay
 * @param host the name under which this worker serves its machine
 */
public record Tools(
        Settings settings,
        Repositories repositories,
        Programs programs,
        ClientPrograms clients,
        Sql sql,
        Path scratch,
        String host) {}
