package dev.lifeboat.workflows.backup;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.workflows.Plainest;
import dev.lifeboat.workflows.Request;
import dev.lifeboat.workflows.model.Tag;
import dev.lifeboat.workflows.model.TakeOver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a backup. In JSON the database's name alone will do: {@code "orders"}.
 *
 * @param database the database's name in {@code lifeboat.yml}
 * @param tag what the backup is for
 * @param hold why retention must never remove it, if so
 * @param note what its maker wants to be read beside it
 * @param keepUntil before this instant (UTC) retention does not remove it
 * @param to the repository to write to, instead of the first one that the policy names
 * @param operator who asked
 * @param nominal the point in time that a schedule wants it for; empty if somebody asked for it
 * @param tiers the rhythms that have a point then, the highest first
 * @param atTerminal a person waits at a terminal: trouble that only a person can mend ends the run at once
 * @param takeOver whose unfinished run a person wants set aside, if any
 */
@Plainest("\"orders\"")
public record BackupRequest(
        String database,
        Tag tag,
        Optional<String> hold,
        Optional<String> note,
        Optional<Instant> keepUntil,
        Optional<String> to,
        String operator,
        boolean atTerminal,
        Optional<Instant> nominal,
        List<Tag> tiers,
        Optional<TakeOver> takeOver)
        implements Request {

    public BackupRequest {
        tiers = List.copyOf(tiers);
    }

    /** What somebody asks for, and no schedule. */
    public BackupRequest(
            String database,
            Tag tag,
            Optional<String> hold,
            Optional<String> note,
            Optional<Instant> keepUntil,
            Optional<String> to,
            String operator,
            boolean atTerminal) {
        this(
                database,
                tag,
                hold,
                note,
                keepUntil,
                to,
                operator,
                atTerminal,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** The same request by a person who sets another run aside. */
    public BackupRequest takingOver(TakeOver other) {
        return new BackupRequest(
                database, tag, hold, note, keepUntil, to, operator, atTerminal, nominal, tiers, Optional.of(other));
    }

    /**
     * What to type for the same by hand. A backup by hand is of one kind: where several rhythms had a point, each of them
     * wants its own, or its alarm goes on.
     */
    public String byHand() {
        List<String> kinds = (tiers.isEmpty() ? List.of(tag) : tiers)
                .stream()
                        .filter(it -> !it.equals(Tag.MANUAL))
                        .map(it -> " --tag " + it.value())
                        .toList();
        return "lifeboat backup " + database + String.join(", and again with", kinds);
    }

    // Every field but the name may be missing: runs that began before a field existed must still load.
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static BackupRequest read(
            @JsonProperty("database") @Nullable String database,
            @JsonProperty("tag") @Nullable Tag tag,
            @JsonProperty("hold") @Nullable String hold,
            @JsonProperty("note") @Nullable String note,
            @JsonProperty("keepUntil") @Nullable Instant keepUntil,
            @JsonProperty("to") @Nullable String to,
            @JsonProperty("operator") @Nullable String operator,
            @JsonProperty("atTerminal") @Nullable Boolean atTerminal,
            @JsonProperty("nominal") @Nullable Instant nominal,
            @JsonProperty("tiers") @Nullable List<Tag> tiers,
            @JsonProperty("takeOver") @Nullable TakeOver takeOver) {
        if (database == null) {
            throw new IllegalArgumentException("the request names no database");
        }
        return new BackupRequest(
                database,
                tag == null ? Tag.MANUAL : tag,
                Optional.ofNullable(hold),
                Optional.ofNullable(note),
                Optional.ofNullable(keepUntil),
                Optional.ofNullable(to),
                operator == null ? "unknown" : operator,
                atTerminal != null && atTerminal,
                Optional.ofNullable(nominal),
                tiers == null ? List.of() : tiers,
                Optional.ofNullable(takeOver));
    }

    /** The request for an ordinary backup of {@code database}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static BackupRequest of(String database) {
        return read(database, null, null, null, null, null, null, null, null, null, null);
    }

    /**
     * What a schedule asks for.
     *
     * @param tiers the rhythms that have a point at {@code nominal}, the highest first; the first one is the tag
     */
    public static BackupRequest onSchedule(String database, Instant nominal, List<Tag> tiers) {
        return read(database, tiers.getFirst(), null, null, null, null, "schedule", false, nominal, tiers, null);
    }
}
