package dev.lifeboat.configuration;

import static dev.lifeboat.configuration.Written.MAIN;
import static dev.lifeboat.configuration.Written.SIMPLE;
import static dev.lifeboat.configuration.Written.backup;
import static dev.lifeboat.configuration.Written.database;

import java.util.stream.Stream;

/** Mistakes in what refers to something else: clusters, repositories, secrets. */
final class BadReferences {

    private BadReferences() {}

    static Stream<Mistake> all() {
        return Stream.of(wrongReferences(), wrongRepositories()).flatMap(mistakes -> mistakes);
    }

    private static Stream<Mistake> wrongReferences() {
        String url = "url: \"postgresql://u@h/o\"";
        return Stream.of(
                new Mistake(
                        "unknown cluster",
                        database("cluster: db2") + "\nclusters:\n  db1: { url: \"postgresql://u@h\" }",
                        "lifeboat.yml:5: databases.orders.cluster: there is no cluster 'db2'\nHint: did you mean 'db1'?"),
                new Mistake(
                        "no cluster at all",
                        database("cluster: db2"),
                        "lifeboat.yml:5: databases.orders.cluster: there is no cluster 'db2'\nHint: none is defined."),
                new Mistake(
                        "unknown repository",
                        backup("to: [mian]"),
                        "lifeboat.yml:6: databases.orders.backup.to[0]: there is no repository 'mian'\nHint: did you mean 'main'?"),
                new Mistake(
                        "cluster and url",
                        database("cluster: c\n    " + url),
                        "lifeboat.yml:4: databases.orders: both 'cluster' and 'url'"),
                new Mistake(
                        "neither",
                        database("name: o"),
                        "lifeboat.yml:4: databases.orders: neither 'cluster' nor 'url'"),
                new Mistake(
                        "url and name",
                        database(url + "\n    name: x"),
                        "lifeboat.yml:6: databases.orders.name: the url already names the database"),
                new Mistake(
                        "password beside cluster",
                        database("cluster: c\n    password: env:X") + "\nclusters:\n  c: { url: \"postgresql://u@h\" }",
                        "lifeboat.yml:6: databases.orders.password: the cluster already has a password"),
                new Mistake(
                        "several repositories and no choice",
                        MAIN + "  far: { url: \"file:/f\", recipients: [RECIPIENT] }\n" + SIMPLE,
                        "lifeboat.yml:5: databases.simple.backup.to: 'to' is missing, and there are several repositories\nHint: write to: [NAME], with one of: main, far."),
                new Mistake(
                        "two destinations",
                        MAIN + "  far: { url: \"file:/f\", recipients: [RECIPIENT] }\n" + "databases:\n  o: { " + url
                                + ", backup: { to: [far, main] } }",
                        "lifeboat.yml:5: databases.o.backup.to: more than one repository is not supported yet\nHint: name one: to: [far]."),
                new Mistake(
                        "no destination",
                        backup("to: []"),
                        "lifeboat.yml:6: databases.orders.backup.to: no repository is named"),
                new Mistake(
                        "unknown engine",
                        backup("engine: pgdump"),
                        "lifeboat.yml:6: databases.orders.backup.engine: there is no engine 'pgdump'\nHint: did you mean 'pg_dump'?"),
                new Mistake(
                        "literal secret",
                        database(url + "\n    password: hunter2"),
                        "lifeboat.yml:6: databases.orders.password: not a reference to a secret"),
                new Mistake(
                        "later secret",
                        database(url + "\n    password: vault:x"),
                        "lifeboat.yml:6: databases.orders.password: 'vault:' is not supported yet"),
                new Mistake(
                        "number as secret",
                        database(url + "\n    password: 1234"),
                        "lifeboat.yml:6: databases.orders.password: a number where text is expected"));
    }

    private static Stream<Mistake> wrongRepositories() {
        String at = "lifeboat.yml:2: repositories.main";
        return Stream.of(
                new Mistake("none", SIMPLE, "lifeboat.yml:1: repositories: no repository is defined"),
                new Mistake("without url", MAIN.replace("url: \"file:/r\", ", "") + SIMPLE, at + ": 'url' is missing"),
                new Mistake(
                        "in S3",
                        MAIN.replace("file:/r", "s3://r") + SIMPLE,
                        at + ".url: repositories in S3 are not supported yet"),
                new Mistake(
                        "a bare path",
                        MAIN.replace("file:/r", "/r") + SIMPLE,
                        at + ".url: not the address of a repository"),
                new Mistake(
                        "another host",
                        MAIN.replace("file:/r", "file://r/x") + SIMPLE,
                        at + ".url: a file on another host"),
                new Mistake(
                        "home folder", MAIN.replace("file:/r", "file:~/r") + SIMPLE, at + ".url: '~' is not replaced"),
                new Mistake(
                        "for nobody", MAIN.replace("RECIPIENT", "") + SIMPLE, at + ".recipients: nobody could decrypt"),
                new Mistake(
                        "no recipients",
                        MAIN.replace(", recipients: [RECIPIENT]", "") + SIMPLE,
                        at + ": 'recipients' is missing"),
                new Mistake(
                        "shortened recipient",
                        MAIN.replace("RECIPIENT", "age1ops") + SIMPLE,
                        at + ".recipients[0]: not an age recipient"),
                new Mistake(
                        "secret key as recipient",
                        MAIN.replace("RECIPIENT", "AGE-SECRET-KEY-1HUNTER2") + SIMPLE,
                        at + ".recipients[0]: this is a secret key, not a recipient"),
                new Mistake(
                        "host and shared",
                        MAIN.replace(" }", ", host: a, shared: true }") + SIMPLE,
                        at + ".shared: both 'host' and"),
                new Mistake(
                        "host as address",
                        MAIN.replace(" }", ", host: a/b }") + SIMPLE,
                        at + ".host: not the name of a host"));
    }
}
