package dev.lifeboat.workflows.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The human gate: enough people say yes to one digest in time, or the answer is no. */
public final class Approval {

    private static final int LONGEST_BODY = 16 * 1024;
    private static final Ruling TOO_LATE = new Ruling(false, false, "", "nothing is waiting for a decision any more");

    private final Ballots ballots;
    private final Deque<Heard> inbox = new ArrayDeque<>();
    private final List<Ruling> counted = new ArrayList<>();
    private Optional<Question> open = Optional.empty();

    public Approval(Ballots ballots) {
        this.ballots = ballots;
    }

    /** For the signal: nobody waits for the ruling, and nothing is thrown, because a throw would block the run. */
    public void hear(@Nullable JsonNode body) {
        if (open.isPresent()) {
            inbox.add(new Heard(text(body), "signal", Journal.now(), Workflow.newPromise()));
        }
    }

    /** For the update: returns when the ballot was judged. */
    public Ruling answer(@Nullable JsonNode body) {
        if (open.isEmpty()) {
            return TOO_LATE;
        }
        Heard heard = new Heard(text(body), "update", Journal.now(), Workflow.newPromise());
        inbox.add(heard);
        return heard.ruling().get();
    }

    /**
     * For the validator: may neither block nor call anything. What it refuses leaves no trace, so it refuses only noise.
     *
     * @throws IllegalStateException if nothing is waiting for a decision
     * @throws IllegalArgumentException if {@code body} is no JSON object of at most 16 KiB
     */
    public void validate(@Nullable JsonNode body) {
        if (open.isEmpty()) {
            throw new IllegalStateException("nothing is waiting for a decision");
        }
        if (body == null || !body.isObject() || body.toString().length() > LONGEST_BODY) {
            throw new IllegalArgumentException("a decision is a JSON object of at most 16 KiB");
        }
    }

    /** Asks one question. A changed plan is a new question, and old votes are gone. */
    public Outcome ask(Question question) {
        open = Optional.of(question);
        counted.clear();
        try {
            Outcome outcome = count(question);
            close();
            return outcome;
        } catch (TemporalFailure e) {
            close();
            throw e;
        }
    }

    private void close() {
        open = Optional.empty();
        inbox.forEach(late -> late.ruling().complete(TOO_LATE)); // else a late voter, and the run's end, wait for ever
        inbox.clear();
    }

    private Outcome count(Question question) {
        while (true) {
            if (!heardBefore(question.deadline())) {
                return Outcome.EXPIRED;
            }
            Heard heard = inbox.remove();
            Ruling ruling = judge(heard, question);
            heard.ruling().complete(ruling);
            if (!ruling.counts()) {
                continue;
            }
            counted.add(ruling);
            if (!ruling.approves()) {
                return Outcome.DECLINED;
            }
            if (counted.size() >= question.quorum()) {
                return Outcome.APPROVED;
            }
        }
    }

    /** A ballot that nobody could judge does not count, and may be sent again; only a cancel of the run comes through. */
    private Ruling judge(Heard heard, Question question) {
        try {
            return ballots.judge(new Ballot(heard.body(), heard.via(), question.digest(), List.copyOf(counted)));
        } catch (ActivityFailure e) {
            if (Trouble.isCancel(e)) {
                heard.ruling().complete(TOO_LATE);
                throw e;
            }
            return new Ruling(false, false, "", "could not be judged: " + Trouble.problem(e));
        }
    }

    /** Waits for a ballot. One in time is judged, however long the judging of others took; one at the deadline is late. */
    private boolean heardBefore(Instant deadline) {
        Duration left = Duration.between(Journal.now(), deadline);
        if (inbox.isEmpty() && !left.isNegative()) {
            boolean heard = Workflow.await(left, () -> !inbox.isEmpty());
            if (!heard) {
                return false;
            }
        }
        return !inbox.isEmpty() && inbox.getFirst().at().isBefore(deadline);
    }

    /** A body that is too long arrives cut, which no judge can read: refused like other noise, and audited. */
    private static String text(@Nullable JsonNode body) {
        String text = String.valueOf(body);
        return text.length() <= LONGEST_BODY ? text : text.substring(0, LONGEST_BODY);
    }

    /**
     * What is asked.
     *
     * @param digest SHA-256 of the stored plan
     * @param quorum how many have to approve
     * @param deadline no answer before this instant (UTC) means no
     */
    public record Question(String digest, int quorum, Instant deadline) {}

    /**
     * What somebody said, unread.
     *
     * @param via {@code update} or {@code signal}
     * @param digest what was asked
     * @param before the rulings that count so far
     */
    public record Ballot(String body, String via, String digest, List<Ruling> before) {}

    /**
     * What a ballot is worth.
     *
     * @param why why it does not count, or what was said
     */
    public record Ruling(boolean counts, boolean approves, String by, String why) {}

    public enum Outcome {
        APPROVED,
        DECLINED,
        EXPIRED
    }

    private record Heard(String body, String via, Instant at, CompletablePromise<Ruling> ruling) {}
}
