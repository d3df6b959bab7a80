package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.workflows.model.RunName;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** The report that a run left in a repository: what remains of it when Temporal has forgotten it, or is gone. */
record StoredReport(String repository, Key key, JsonNode content) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Looks in every one of {@code repositories} that can be read. */
    static Optional<StoredReport> find(Collection<RepositorySettings> repositories, RunName run) {
        return repositories.stream()
                .map(repository -> read(repository, run))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<StoredReport> read(RepositorySettings repository, RunName run) {
        Key key = Layout.report(run.value(), "report.json");
        try {
            Store store = Stores.open(repository.location(), StoreRight.READ);
            Optional<byte[]> bytes = store.read(key);
            return bytes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new StoredReport(repository.name(), key, MAPPER.readTree(bytes.get())));
        } catch (StoreException | IOException e) {
            // Another repository may have it; if none has, the person hears that.
            return Optional.empty();
        }
    }
}
