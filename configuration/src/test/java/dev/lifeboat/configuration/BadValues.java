package dev.lifeboat.configuration;

import static dev.lifeboat.configuration.Written.MAIN;
import static dev.lifeboat.configuration.Written.SIMPLE;
import static dev.lifeboat.configuration.Written.backup;
import static dev.lifeboat.configuration.Written.database;

import java.util.stream.Stream;

/** Mistakes in keys, types, amounts and names. */
final class BadValues {

    private BadValues() {}

    static Stream<Mistake> all() {
        return Stream.of(unknownKeys(), wrongTypes(), wrongAmounts(), wrongNames(), wrongChannels())
                .flatMap(mistakes -> mistakes);
    }

    private static Stream<Mistake> unknownKeys() {
        return Stream.of(
                new Mistake(
                        "top",
                        MAIN + SIMPLE + "workers: {}",
                        "lifeboat.yml:5: workers: unknown key\nHint: did you mean 'worker'?"),
                new Mistake(
                        "repository",
                        MAIN.replace(" }", ", minimumfree: 1GB }") + SIMPLE,
                        "lifeboat.yml:2: repositories.main.minimumfree: unknown key\nHint: did you mean 'minimum-free'?"),
                new Mistake(
                        "temporal",
                        MAIN + SIMPLE + "temporal: { adress: x }",
                        "lifeboat.yml:5: temporal.adress: unknown key\nHint: did you mean 'address'?"),
                new Mistake(
                        "cluster",
                        MAIN + "clusters:\n  c:\n    url: \"postgresql://u@h\"\n    Password: env:X",
                        "lifeboat.yml:6: clusters.c.Password: unknown key\nHint: did you mean 'password'?"),
                new Mistake(
                        "database",
                        database("url: \"postgresql://u@h/o\"\n    retention: 7d"),
                        "lifeboat.yml:6: databases.orders.retention: unknown key\nHint: known here: "),
                new Mistake(
                        "backup",
                        database("url: \"postgresql://u@h/o\"\n    backup:\n      compresion-level: 3"),
                        "lifeboat.yml:7: databases.orders.backup.compresion-level: unknown key\nHint: did you mean 'compression-level'?"),
                new Mistake(
                        "worker",
                        MAIN + SIMPLE + "worker: { write_slots: 2 }",
                        "lifeboat.yml:5: worker.write_slots: unknown key\nHint: did you mean 'write-slots'?"),
                new Mistake(
                        "notify",
                        MAIN + SIMPLE + "notify: { chanels: {} }",
                        "lifeboat.yml:5: notify.chanels: unknown key\nHint: did you mean 'channels'?"),
                new Mistake(
                        "route",
                        MAIN + SIMPLE + "notify: { routes: { p5: { tell: [a] } } }",
                        "lifeboat.yml:5: notify.routes.p5: unknown key\nHint: did you mean 'p1'?"),
                new Mistake(
                        "a space is missing after the colon",
                        MAIN + "databases:\n  o: { url: \"postgresql://u@h/o\", password:hunter2 }",
                        "lifeboat.yml:4: databases.o.password…: unknown key\nHint: did you mean 'password'?"));
    }

    private static Stream<Mistake> wrongChannels() {
        return Stream.of(
                wrongChannel(
                        "{ channels: { ops: { slack: env:X } }, success: [opps] }",
                        "notify.success[0]: there is no channel 'opps'\nHint: did you mean 'ops'?"),
                wrongChannel(
                        "{ channels: { ops: { slack: env:X } }, routes: { p1: { tell: [ops], otherwise: [mail] } } }",
                        "notify.routes.p1.otherwise[0]: there is no channel 'mail'\nHint: known here: ops."),
                wrongChannel(
                        "{ channels: { ops: { slack: env:X } }, routes: { p1: { otherwise: [ops] } } }",
                        "notify.routes.p1: nobody is told\nHint: "),
                wrongChannel(
                        "{ channels: { ops: { slack: \"https://hooks.slack.com/hunter2\" } } }",
                        "notify.channels.ops.slack: not a reference to a secret\nHint: "),
                wrongChannel(
                        "{ channels: { ops: { slack: env:X, discord: env:Y } } }",
                        "notify.channels.ops: more than one kind of channel: discord, slack\nHint: "),
                wrongChannel("{ channels: { ops: {} } }", "notify.channels.ops: no kind of channel\nHint: "),
                wrongChannel(
                        "{ channels: { p: { pagerduty: env:X, address: \"ftp://x\" } } }",
                        "notify.channels.p.address: not the address of a web server\nHint: "),
                wrongChannel(
                        "{ link: \"https://u:hunter2@temporal\" }",
                        "notify.link: not the address of a web server\nHint: "),
                wrongChannel(
                        "{ channels: { m: { email: { server: \"s:25\", from: a@b, to: [\"a@b\\r\\nBcc: c@d\"] } } } }",
                        "notify.channels.m.email.to[0]: not a mail address\nHint: "),
                wrongChannel(
                        "{ channels: { m: { email: { server: \"s:25\", from: a@b, to: [] } } } }",
                        "notify.channels.m.email.to: nobody would get the mail\nHint: "),
                wrongChannel(
                        "{ channels: { m: { email: { server: \"s:25\", from: a@b, to: [a@b], security: none } } } }",
                        "notify.channels.m.email.security: neither 'tls' nor 'starttls'\nHint: "),
                wrongChannel(
                        "{ channels: { m: { email: { server: \"s:99999\", from: a@b, to: [a@b] } } } }",
                        "notify.channels.m.email.server: not of the form HOST:PORT\nHint: "),
                wrongChannel(
                        "{ channels: { m: { email: { server: \"s:25\", from: a@b, to: [a@b], user: ann } } } }",
                        "notify.channels.m.email: one of 'user' and 'password' is missing\nHint: "));
    }

    private static Mistake wrongChannel(String notify, String message) {
        return new Mistake(notify, MAIN + SIMPLE + "notify: " + notify, "lifeboat.yml:5: " + message);
    }

    private static Stream<Mistake> wrongTypes() {
        return Stream.of(
                new Mistake(
                        "a port alone",
                        MAIN + SIMPLE + "worker: { http: \"9464\" }",
                        "lifeboat.yml:5: worker.http: not an address of the form HOST:PORT\nHint: write it as in \"127.0.0.1:9464\""),
                new Mistake(
                        "a port that is none",
                        MAIN + SIMPLE + "worker: { http: \"127.0.0.1:65536\" }",
                        "lifeboat.yml:5: worker.http: not an address of the form HOST:PORT"),
                new Mistake(
                        "list for map",
                        MAIN + "databases: [a]",
                        "lifeboat.yml:3: databases: a list where keys are expected"),
                new Mistake(
                        "text for map",
                        MAIN + "databases:\n  o: x",
                        "lifeboat.yml:4: databases.o: text where keys are expected"),
                new Mistake(
                        "text for a nested block",
                        MAIN + "  far: { url: \"file:/f\", recipients: [RECIPIENT] }\n"
                                + "databases:\n  o: { url: \"postgresql://u@h/o\", backup: daily }",
                        "lifeboat.yml:5: databases.o.backup: text where keys are expected"),
                new Mistake(
                        "nothing for repositories",
                        "repositories:\n",
                        "lifeboat.yml:1: repositories: nothing is written"),
                new Mistake(
                        "nothing for map", MAIN + "databases:", "lifeboat.yml:3: databases: nothing is written here"),
                new Mistake(
                        "number for text",
                        database("cluster: 7\n    backup: {}") + "\nclusters:\n  c7: { url: \"postgresql://u@h\" }",
                        "lifeboat.yml:5: databases.orders.cluster: a number where text is expected"),
                new Mistake(
                        "text for list",
                        MAIN.replace("[RECIPIENT]", "RECIPIENT") + SIMPLE,
                        "lifeboat.yml:2: repositories.main.recipients: text where a list is expected"),
                new Mistake(
                        "number in a list of text",
                        MAIN.replace("[RECIPIENT]", "\n    [RECIPIENT,\n     7]\n ") + SIMPLE,
                        "lifeboat.yml:4: repositories.main.recipients[1]: a number where text is expected"),
                new Mistake(
                        "text for true or false",
                        MAIN.replace(" }", ", shared: yes }") + SIMPLE,
                        "lifeboat.yml:2: repositories.main.shared: text where true or false is expected"),
                new Mistake(
                        "true for on",
                        MAIN + SIMPLE + "temporal: { search-attributes: true }",
                        "lifeboat.yml:5: temporal.search-attributes: neither 'on' nor 'off'"),
                new Mistake(
                        "text for number",
                        MAIN + SIMPLE + "worker: { read-slots: many }",
                        "lifeboat.yml:5: worker.read-slots: text where a whole number is expected"),
                new Mistake(
                        "number out of range",
                        backup("compression-level: 22"),
                        "lifeboat.yml:6: databases.orders.backup.compression-level: the number is out of range\nHint: write a whole number from 1 to 19"),
                new Mistake(
                        "a number larger than any",
                        backup("compression-level: 99999999999999999999999"),
                        "lifeboat.yml:6: databases.orders.backup.compression-level: the number is out of range"));
    }

    private static Stream<Mistake> wrongAmounts() {
        String at = "lifeboat.yml:6: databases.orders.backup.give-up-after: ";
        String units = "\nHint: write a whole number and one unit: s (seconds), m (minutes), h (hours) or d (days)";
        return Stream.of(
                new Mistake(
                        "what is counted",
                        backup("count: some"),
                        "lifeboat.yml:6: databases.orders.backup.count: 'some' says not what is counted"),
                new Mistake(
                        "a sample of nothing",
                        backup("count: 'sample:0'"),
                        "lifeboat.yml:6: databases.orders.backup.count: 'sample:0' says not what is counted"),
                new Mistake(
                        "per cent without the sign",
                        backup("warn-when-size-changes: 20"),
                        "lifeboat.yml:6: databases.orders.backup.warn-when-size-changes: a number where text is expected"),
                new Mistake(
                        "a table without its schema",
                        backup("exclude-data: [sessions]"),
                        "lifeboat.yml:6: databases.orders.backup.exclude-data[0]: not a table with its schema"),
                new Mistake(
                        "what happens to those who wait",
                        backup("on-blocked: kill"),
                        "lifeboat.yml:6: databases.orders.backup.on-blocked: neither 'warn' nor 'yield'"),
                new Mistake(
                        "a trusted key that is none",
                        MAIN + SIMPLE + "signing: { trusted: [AAAA] }",
                        "lifeboat.yml:5: signing.trusted[0]: not a public Ed25519 key"),
                new Mistake(
                        "a signing key itself",
                        MAIN + SIMPLE + "signing: { key: s3cret }",
                        "lifeboat.yml:5: signing.key: not a reference to a secret"),
                new Mistake(
                        "wrong unit", backup("give-up-after: 10min"), at + "'min' is not a unit of a duration" + units),
                new Mistake("two units", backup("give-up-after: 1h30m"), at + "'1h30m' is not a duration" + units),
                new Mistake(
                        "no unit",
                        backup("give-up-after: 12"),
                        at + "a number without a unit where a duration is expected" + units),
                new Mistake("nothing", backup("give-up-after: 0h"), at + "a duration of nothing" + units),
                new Mistake("negative", backup("give-up-after: -1h"), at + "'-1h' is not a duration" + units),
                new Mistake("other digits", backup("give-up-after: ١٢h"), at + "'١٢h' is not a duration" + units),
                new Mistake(
                        "unit of size",
                        MAIN.replace(" }", ", minimum-free: 10gb }") + SIMPLE,
                        "lifeboat.yml:2: repositories.main.minimum-free: 'gb' is not a unit of a size\nHint: write a whole number and one unit: MB, GB"));
    }

    private static Stream<Mistake> wrongNames() {
        return Stream.of("my db", "../etc", "🚢", "o\"r", "Orders", "-x", "a".repeat(64))
                .map(name -> new Mistake(
                        "name " + name,
                        MAIN + "databases:\n  '" + name + "': { url: \"postgresql://u@h/o\" }",
                        "lifeboat.yml:4: databases."));
    }
}
