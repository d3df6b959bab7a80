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
                        "one destination twice",
                        backup("to: [main, main]"),
                        "lifeboat.yml:6: databases.orders.backup.to: a repository is named twice"),
                new Mistake(
                        "the deciding destination is optional",
                        backup("to: [main], optional: [main]"),
                        "lifeboat.yml:6: databases.orders.backup.optional: the first repository decides about a backup"),
                new Mistake(
                        "an optional destination that is none",
                        backup("to: [main], optional: [mian]"),
                        "lifeboat.yml:6: databases.orders.backup.optional[0]: 'mian' is not in 'to'\nHint: did you mean 'main'?"),
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
                        "in a bucket without region or endpoint",
                        MAIN.replace("file:/r", "s3://acme") + SIMPLE,
                        at + ": 'region' is missing"),
                new Mistake(
                        "in a bucket that cannot be one",
                        MAIN.replace("file:/r", "s3://R") + SIMPLE,
                        at + ".url: not the address of a bucket"),
                new Mistake(
                        "in a bucket, under a prefix that climbs",
                        MAIN.replace("file:/r", "s3://acme/a/../b") + SIMPLE,
                        at + ".url: the prefix has signs"),
                new Mistake(
                        "in a bucket whose name has two dots",
                        MAIN.replace("file:/r", "s3://ac..me") + SIMPLE,
                        at + ".url: not the address of a bucket"),
                new Mistake(
                        "in a bucket, under a prefix with other signs",
                        MAIN.replace("file:/r", "s3://acme/a(b)") + SIMPLE,
                        at + ".url: the prefix has signs"),
                new Mistake(
                        "in a bucket, under a prefix of unfinished uploads",
                        MAIN.replace("file:/r", "s3://acme/a/.upload-b") + SIMPLE,
                        at + ".url: the prefix has signs"),
                new Mistake(
                        "in a bucket, under a long prefix",
                        MAIN.replace("file:/r", "s3://acme/" + "a".repeat(121)) + SIMPLE,
                        at + ".url: the prefix is too long"),
                new Mistake(
                        "in a bucket, with many parts at once",
                        bucket("region: x, upload-parallelism: 9"),
                        at + ".upload-parallelism: "),
                new Mistake(
                        "in a bucket, encrypted with a managed key that is not named",
                        bucket("region: x, server-encryption: \"aws:kms\""),
                        at + ".server-encryption: 'kms-key' is missing"),
                new Mistake(
                        "in a bucket, with a managed key that is not used",
                        bucket("region: x, kms-key: k1"),
                        at + ".kms-key: a key that would not be used"),
                new Mistake(
                        "in a bucket, without TLS",
                        bucket("endpoint: \"http://s3.example.com\""),
                        at + ".endpoint: without TLS everybody on the way can read and change what is sent"),
                new Mistake(
                        "in a bucket, with a path in the endpoint",
                        bucket("endpoint: \"https://h/path\""),
                        at + ".endpoint: not the address of an S3 server"),
                new Mistake(
                        "in a bucket, with half a pair of keys",
                        bucket("region: x, credentials: { write: { access-key: env:A } }"),
                        at + ".credentials.write: one half of a pair of keys"),
                new Mistake(
                        "in a bucket, with a profile and keys",
                        bucket(
                                "region: x, credentials: { read: { profile: p, access-key: env:A, secret-key: env:B } }"),
                        at + ".credentials.read: both a profile and keys"),
                new Mistake(
                        "in a bucket, with a secret itself",
                        bucket("region: x, credentials: { read: { access-key: env:A, secret-key: s3cret } }"),
                        at + ".credentials.read.secret-key: not a reference to a secret"),
                new Mistake(
                        "in a bucket, with a right that is none",
                        bucket("region: x, credentials: { wirte: { profile: p } }"),
                        at + ".credentials.wirte: unknown key\nHint: did you mean 'write'?"),
                new Mistake(
                        "in a bucket, with a lock for no time",
                        bucket("region: x, lock: compliance"),
                        at + ": one of 'lock' and 'locked-for' without the other"),
                new Mistake(
                        "in a bucket, with a lock that is none",
                        bucket("region: x, lock: legal, locked-for: 7d"),
                        at + ".lock: neither 'compliance' nor 'governance'"),
                new Mistake(
                        "in a bucket, with lock times by tag and none for the rest",
                        bucket("region: x, lock: governance, locked-for: { monthly: 7d }"),
                        at + ".locked-for: 'default' is missing"),
                new Mistake(
                        "in a bucket, with an encryption that is none",
                        bucket("region: x, server-encryption: AES128"),
                        at + ".server-encryption: there is no encryption 'AES128'"),
                new Mistake(
                        "in a bucket, with what belongs to a folder",
                        bucket("region: x, host: db1"),
                        at + ".host: a bucket has no such setting"),
                new Mistake(
                        "in a folder, with what belongs to a bucket",
                        MAIN.replace("recipients", "region: x, recipients") + SIMPLE,
                        at + ".region: a folder has no such setting"),
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

    private static String bucket(String settings) {
        return MAIN.replace("file:/r\"", "s3://acme\", " + settings) + SIMPLE;
    }
}
