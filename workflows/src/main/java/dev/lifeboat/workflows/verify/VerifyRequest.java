package dev.lifeboat.workflows.verify;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.workflows.Plainest;
import dev.lifeboat.workflows.Request;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a verification.
 *
 * @param database whose backups are looked at
 * @param operator who asked
 */
@Plainest("\"orders\"")
public record VerifyRequest(String database, String operator) implements Request {

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static VerifyRequest read(
            @JsonProperty("database") @Nullable String database, @JsonProperty("operator") @Nullable String operator) {
        if (database == null) {
            throw new IllegalArgumentException("the request names no database");
        }
        return new VerifyRequest(database, operator == null ? "unknown" : operator);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static VerifyRequest of(String database) {
        return read(database, null);
    }

    /** The request of a schedule. */
    public static VerifyRequest onSchedule(String database) {
        return new VerifyRequest(database, "schedule");
    }

    /** The right of the run that does it: its workflow id. */
    public static String right(String database) {
        return "verify/" + database;
    }
}
