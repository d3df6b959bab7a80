package dev.lifeboat.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageTest {

    private static final Message.Place NOWHERE = new Message.Place(Optional.empty(), "default", Told.HOMES);

    @Test
    void says_what_happened_what_is_safe_what_to_do_and_where_to_look() {
        Message.Place place = new Message.Place(Optional.of("http://127.0.0.1:8233"), "ops team", Told.HOMES);

        assertThat(Message.of(Told.telling(Kind.BEGAN, Severity.P2), place).text())
                .isEqualTo("""
                P2 backup/orders is in trouble and tries again
                What happened: the server does not answer (Dump, backup-orders-20261121T020000Z-k3x9)
                What is safe: earlier backups stand
                What to do: start it again
                Look: http://127.0.0.1:8233/namespaces/ops%20team/workflows/backup%2Forders""");
    }

    @Test
    void each_kind_has_its_headline() {
        assertThat(headline(Kind.FAILED, Severity.P1))
                .isEqualTo("P1 backup/orders has failed, and nobody tries any more");
        assertThat(headline(Kind.WORSE, Severity.P1)).isEqualTo("P1 backup/orders became more urgent");
        assertThat(headline(Kind.REMINDER, Severity.P1))
                .isEqualTo("P1 backup/orders is still not well, since 2026-11-21 02:01 UTC");
        assertThat(headline(Kind.OVER, Severity.P1))
                .as("it names whose word that is")
                .isEqualTo("backup/orders is well again, says backup-orders-20261121T020000Z-k3x9;"
                        + " it was not since 2026-11-21 02:01 UTC");
        assertThat(headline(Kind.CLOSED, Severity.P3))
                .isEqualTo("P3 backup/orders was not well since 2026-11-21 02:01 UTC, and nobody knows whether it is;"
                        + " you hear no more of it");
        assertThat(Message.well(Told.notice(News.WELL, "made"), NOWHERE).headline())
                .isEqualTo("backup/orders went well");
    }

    @Test
    void lists_what_was_given_up() {
        Telling plain = Told.telling(Kind.REMINDER, Severity.P1);
        Telling twice = new Telling(
                plain.id(),
                plain.kind(),
                plain.severity(),
                plain.notice(),
                plain.since(),
                List.of("yesterday", "today"),
                List.of(),
                false);

        assertThat(Message.of(twice, NOWHERE).text()).endsWith("Given up so far:\n- yesterday\n- today");
    }

    @Test
    void a_text_is_one_line_without_anything_that_is_obeyed() {
        assertThat(Message.clean("a\r\nb\tc\u0000\u001b[31m\u202e\u2028d\ud800 \ud83d\udea2  e ", 100))
                .isEqualTo("a b c [31m d \ud83d\udea2 e");
        assertThat(Message.clean("\ud83d\udea2".repeat(20), 10)).isEqualTo("\ud83d\udea2".repeat(9) + "…");
    }

    private static String headline(Kind kind, Severity severity) {
        return Message.of(Told.telling(kind, severity), NOWHERE).headline();
    }
}
