package dev.lifeboat.workflows.backup;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.workflows.Plainest;
import dev.lifeboat.workflows.Request;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a copy.
 *
 * @param backup the backup's id
 * @param repository where the copy goes, by its name in {@code lifeboat.yml}
 * @param from where it comes from; empty for the first of the database's repositories that has it
 * @param operator who asked
 */
@Plainest("{\"backup\": \"orders-20261121T020000Z-k3x9\", \"repository\": \"far\"}")
public record CopyRequest(String backup, String repository, Optional<String> from, String operator) implements Request {

    // Every field but backup and repository may be missing, as in a start by hand.
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static CopyRequest read(
            @JsonProperty("backup") @Nullable String backup,
            @JsonProperty("repository") @Nullable String repository,
            @JsonProperty("from") @Nullable String from,
            @JsonProperty("operator") @Nullable String operator) {
        if (backup == null || repository == null) {
            throw new IllegalArgumentException("the request names no backup, or no repository");
        }
        return new CopyRequest(backup, repository, Optional.ofNullable(from), operator == null ? "unknown" : operator);
    }

    /** The right of the run that does it: its workflow id. */
    public String right() {
        return "copy/%s/%s".formatted(backup, repository);
    }
}
