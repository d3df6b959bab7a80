package dev.lifeboat.activities.notification;

import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What people read: one headline, then what happened, what is safe, what to do, and where to look. All texts of messages
 * are made here; they are short, and hold no character that a terminal, a mail or a chat would obey.
 *
 * @param id the same whenever the same message is told again
 * @param about what it is about, such as {@code backup/orders}
 * @param key what it is about, and of which installation: machines know an alarm by it, and no person reads it
 * @param over whether an alarm about it is to be taken back
 * @param link the run in Temporal's UI; empty if nobody said where that is
 */
record Message(
        String id,
        String about,
        String key,
        String kind,
        Severity severity,
        boolean over,
        String headline,
        String run,
        String step,
        String happened,
        String safe,
        String next,
        List<String> ended,
        String link) {

    private static final int LONG = 600;
    private static final int MIDDLE = 300;
    private static final int SHORT = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Where messages link to, and whose they are: the beginning of Temporal's UI, its namespace, and what is backed up where. */
    record Place(Optional<String> ui, String namespace, AlarmKeys keys) {

        String of(String right) {
            return ui.map(it -> "%s/namespaces/%s/workflows/%s"
                            .formatted(it.replaceAll("/+$", ""), encoded(namespace), encoded(right)))
                    .orElse("");
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }

    /** A message of an incident. */
    static Message of(Telling telling, Place place) {
        boolean over = telling.kind() == Kind.OVER;
        return of(
                telling.id(),
                telling.kind().name(),
                telling.severity(),
                over,
                headline(telling),
                telling.notice(),
                telling.ended(),
                place);
    }

    /** A message about what went well although nothing was wrong before. */
    static Message well(Notice notice, Place place) {
        String headline = "%s went well".formatted(notice.about());
        return of(notice.run() + "-well", "WELL", Severity.P4, true, headline, notice, List.of(), place);
    }

    /** A message that somebody asked for, to see whether it arrives. */
    static Message test(RunName run, Place place) {
        Notice notice = new Notice(
                run,
                run.right(),
                News.WELL,
                Severity.P4,
                "Try the notifications",
                "somebody asked for a test message",
                "all of it",
                "nothing; you would be told here");
        return of(run + "-test", "TEST", Severity.P4, false, "Lifeboat can reach you here", notice, List.of(), place);
    }

    /** The same, as the end of what it began. */
    Message takenBack() {
        return new Message(
                id, about, key, kind, severity, true, headline, run, step, happened, safe, next, ended, link);
    }

    private static Message of(
            String id,
            String kind,
            Severity severity,
            boolean over,
            String headline,
            Notice notice,
            List<String> ended,
            Place place) {
        return new Message(
                clean(id, SHORT),
                clean(notice.about(), SHORT),
                place.keys().key(clean(notice.about(), SHORT)),
                kind,
                severity,
                over,
                clean(headline, SHORT),
                notice.run().value(),
                clean(notice.step(), SHORT),
                clean(notice.happened(), LONG),
                clean(notice.safe().isBlank() ? "nothing is known" : notice.safe(), MIDDLE),
                clean(notice.next(), MIDDLE),
                ended.stream().map(it -> clean(it, SHORT)).toList(),
                place.of(notice.run().right()));
    }

    private static String headline(Telling telling) {
        String about = telling.notice().about();
        String alarm = telling.severity() + " " + about;
        boolean ended = telling.notice().news() == News.FAILED;
        return switch (telling.kind()) {
            case BEGAN -> alarm + (ended ? " has failed, and nobody tries any more" : " is in trouble and tries again");
            case FAILED -> alarm + " has failed, and nobody tries any more";
            case WORSE -> alarm + " became more urgent";
            case REMINDER -> "%s is still not well, since %s".formatted(alarm, time(telling.since()));
            // Whoever may signal may say so, and nobody here has looked: the reader sees whose word it is.
            case OVER ->
                "%s is well again, says %s; it was not since %s"
                        .formatted(about, telling.notice().run(), time(telling.since()));
            case CLOSED ->
                "%s was not well since %s, and nobody knows whether it is; you hear no more of it"
                        .formatted(alarm, time(telling.since()));
        };
    }

    /** The whole message, line by line. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(headline);
        lines.add("What happened: %s (%s, %s)".formatted(happened, step, run));
        lines.add("What is safe: " + safe);
        lines.add("What to do: " + next);
        if (!ended.isEmpty()) {
            lines.add("Given up so far:");
            ended.forEach(it -> lines.add("- " + it));
        }
        if (!link.isEmpty()) {
            lines.add("Look: " + link);
        }
        return String.join("\n", lines);
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** One line of at most so many characters, without any that is obeyed instead of shown. */
    static String clean(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            boolean obeyed = Character.isISOControl(point)
                    || Character.getType(point) == Character.FORMAT
                    || Character.getType(point) == Character.LINE_SEPARATOR
                    || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
                    || Character.getType(point) == Character.SURROGATE;
            shown.appendCodePoint(obeyed ? ' ' : point);
        });
        String line = shown.toString().replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= longest
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
    }
}
