package dev.lifeboat.configuration;

import static dev.lifeboat.configuration.Written.backup;

import java.util.stream.Stream;

/** Mistakes in schedules. */
final class BadSchedules {

    private static final String PATH = "lifeboat.yml:6: databases.orders.backup.";

    private BadSchedules() {}

    static Stream<Mistake> all() {
        return Stream.of(crons(), rhythms(), zones(), times()).flatMap(mistakes -> mistakes);
    }

    private static Stream<Mistake> crons() {
        return Stream.of(
                cron("61 * * * *", ": 61 is not within 0 to 59"),
                cron("0 24 * * *", ": 24 is not within 0 to 23"),
                cron("0 2 0 * *", ": 0 is not within 1 to 31"),
                cron("*/0 * * * *", ": 0 is not within 0 to 59"),
                cron("0 2 * *", ""),
                cron("0 0 2 * * *", ""),
                cron("@daily", ""),
                cron("0 2 L * *", ""),
                cron("0 2 ? * 1", ""),
                cron("0 22-2 * * *", ""),
                cron("0 2 * * FRO", ""),
                mistake(
                        "30 February",
                        "schedule: '0 2 30 2 *'",
                        "schedule: '0 2 30 2 *' names a day that never comes\nHint: write five fields"),
                mistake(
                        "31st of short months",
                        "schedule: '0 2 31 2,4,6,9,11 *'",
                        "schedule: '0 2 31 2,4,6,9,11 *' names a day that never comes\nHint: "),
                mistake("a number", "schedule: 2", "schedule: a number where text is expected\nHint: "),
                mistake("a list", "schedule: ['0 2 * * *']", "schedule: a list where text is expected\nHint: "));
    }

    private static Stream<Mistake> rhythms() {
        return Stream.of(
                mistake(
                        "unknown rhythm",
                        "schedule: { nightly: '0 2 * * *' }",
                        "schedule.nightly: unknown key\nHint: "),
                mistake(
                        "misspelt rhythm",
                        "schedule: { dayly: '0 2 * * *' }",
                        "schedule.dayly: unknown key\nHint: did you mean 'daily'?"),
                mistake(
                        "bad cron of a rhythm",
                        "schedule: { weekly: '0 2 * * 8' }",
                        "schedule.weekly: '0 2 * * 8' is no cron: 8 is not within 0 to 7\nHint: "),
                mistake("no rhythm", "schedule: { }", "schedule: no rhythm is named\nHint: "));
    }

    private static Stream<Mistake> zones() {
        return Stream.of(
                mistake(
                        "misspelt zone",
                        "zone: Europe/Berln",
                        "zone: there is no zone 'Europe/Berln'\nHint: did you mean 'Europe/Berlin'?"),
                mistake(
                        "a city alone",
                        "zone: Berlin",
                        "zone: there is no zone 'Berlin'\nHint: did you mean 'Europe/Berlin'?"),
                mistake(
                        "an offset",
                        "zone: '+02:00'",
                        "zone: there is no zone '+02:00'\nHint: write UTC, or a place such as Europe/Berlin."),
                mistake("another case", "zone: utc", "zone: there is no zone 'utc'\nHint: did you mean 'UTC'?"));
    }

    private static Stream<Mistake> times() {
        return Stream.of(
                mistake("jitter without unit", "jitter: 5", "jitter: a number without a unit"),
                mistake(
                        "more jitter than an hour allows",
                        "schedule: { hourly: '0 * * * *', daily: '0 2 * * *' }, jitter: 1h",
                        "jitter: the hourly backup would begin later than it is caught up\nHint: write less than 54m."),
                mistake(
                        "catch-up that Temporal does not know",
                        "catch-up: 9s",
                        "catch-up: less than Temporal can tell apart\nHint: "));
    }

    private static Mistake cron(String cron, String why) {
        return mistake(cron, "schedule: '" + cron + "'", "schedule: '" + cron + "' is no cron" + why + "\nHint: ");
    }

    private static Mistake mistake(String title, String line, String message) {
        return new Mistake(title, backup(line), PATH + message);
    }
}
