package dev.lifeboat.starter;

import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.model.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Where stored documents lie, as far as this machine can tell. */
final class StoredDocuments {

    private StoredDocuments() {}

    static Function<Document, Optional<Path>> documentsOf(Settings settings) {
        return document -> Optional.ofNullable(settings.repositories().get(document.repository()))
                .flatMap(RepositorySettings::folder)
                .map(folder -> folder.resolve(document.key()))
                .filter(Files::exists);
    }
}
