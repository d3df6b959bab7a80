package dev.lifeboat.activities.check;

import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.dump.Keeper;
import dev.lifeboat.activities.dump.ServerFacts;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.ServerAddress;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.seal.Seal;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.WriteCheckActivities;
import dev.lifeboat.workflows.model.RunName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Tries, on the worker that writes, all that a backup will do. */
public final class TriedWriteCheckActivities implements WriteCheckActivities {

    static final byte[] CANARY =
            "if you can read this, the key opens what this worker seals\n".getBytes(StandardCharsets.UTF_8);
    private static final Duration SKEW = Duration.ofSeconds(2);

    /** A probe has to go soon, and to be locked long enough to be looked at. */
    private static final Duration LOCKED = Duration.ofMinutes(1);

    private final Tools tools;

    public TriedWriteCheckActivities(Tools tools) {
        this.tools = tools;
    }

    @Override
    public List<Finding> database(String database) {
        Findings findings = new Findings("databases." + database);
        findings.attempt("the server lets this worker in", () -> look(database, findings));
        return findings.all();
    }

    @Override
    public List<Finding> repository(RunName run, String name) {
        Findings findings = new Findings("repositories." + name);
        RepositorySettings settings = tools.settings().repository(name);
        Key canary = Layout.check(run.value());
        boolean written = findings.attempt("an object can be added, and only once", () -> {
            Repository repository = tools.repositories().openOrCreate(name, StoreRight.WRITE);
            return addTwice(repository, canary, sealed(settings));
        });
        if (written) {
            lookAtKeeping(findings, run, name);
            Repository repository = tools.repositories().open(name, StoreRight.WRITE);
            lookAtRoom(findings, repository, settings);
            ClaimLook.at(findings, tools.settings(), name, repository, Instant.now());
        }
        if (settings.recipients().size() < 2) {
            findings.warn(
                    "a second key can open the backups",
                    "there is one recipient",
                    "add the recipient of an escrow key, kept off this machine (age-keygen makes one)");
        }
        lookAtSigning(findings);
        return findings.all();
    }

    private String look(String database, Findings findings) {
        ServerAddress address = tools.settings().server(database);
        RunName probe = RunName.of("check", database, Instant.now(), "probe0000");
        try (Keeper keeper = Keeper.alone(tools.sql(), address, probe, Pulse.current())) {
            ServerFacts facts = ServerFacts.of(keeper);
            lookAtClock(findings, facts);
            findings.attempt(
                    "pg_dump here is not older than the server",
                    () -> "pg_dump " + tools.clients().dumpFor(facts.major()).version() + " for server "
                            + facts.version());
            List<String> closed = facts.tablesNotReadable();
            if (closed.isEmpty()) {
                findings.pass("every table can be read", "as role '%s'".formatted(address.user()));
            } else {
                findings.fail(
                        "every table can be read",
                        "%d cannot, first %s".formatted(closed.size(), closed.getFirst()),
                        "GRANT pg_read_all_data TO %s; tables with row security also need BYPASSRLS"
                                .formatted(address.user()));
            }
            return "PostgreSQL %s, system %s".formatted(facts.version(), facts.systemId());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("this worker is shutting down", e);
        }
    }

    private void lookAtSigning(Findings findings) {
        String check = "manifests are signed";
        if (tools.settings().signing().key().isEmpty()) {
            findings.warn(
                    check,
                    "this worker has no `signing.key`, so nobody can tell a forged manifest from ours",
                    "openssl genpkey -algorithm ed25519 -out signing.key makes one; name it where backups are made");
            return;
        }
        findings.attempt(
                check,
                () -> "by the key "
                        + SigningKey.of(tools.settings().signing())
                                .orElseThrow()
                                .publicKey());
    }

    private static void lookAtClock(Findings findings, ServerFacts facts) {
        Duration skew = Duration.between(facts.now(), Instant.now()).abs();
        if (skew.compareTo(SKEW) > 0) {
            findings.warn(
                    "the clocks of server and worker agree",
                    "they differ by about %d s".formatted(skew.toSeconds()),
                    "let both follow the same time server (chrony, systemd-timesyncd)");
        }
    }

    private static String addTwice(Repository repository, Key canary, byte[] content) {
        repository.store().create(canary, content);
        byte[] back = repository.store().read(canary).orElseThrow();
        if (repository.store().create(canary, content)) {
            throw new IllegalStateException("the store overwrote an object that was there; it must refuse");
        }
        return "%d bytes written, read back, and not overwritten%s"
                .formatted(back.length, Arrays.equals(back, content) ? "" : " (an earlier canary)");
    }

    private void lookAtKeeping(Findings findings, RunName run, String name) {
        tools.repositories()
                .probe(name, LOCKED)
                .ifPresent(how -> findings.attempt("objects are kept as `storage-class` and `lock` say", () -> {
                    Store store =
                            tools.repositories().open(name, StoreRight.WRITE).store();
                    if (!store.create(Layout.keepingCheck(run.value()), CANARY, how)) {
                        throw new IllegalStateException(
                                "not tried: an earlier attempt of this check left its probe there");
                    }
                    return how.storageClass().map("storage class %s"::formatted).orElse("the usual storage class")
                            + how.lock()
                                    .map(it -> ", locked (%s)".formatted(it.mode()))
                                    .orElse("");
                }));
    }

    private static void lookAtRoom(Findings findings, Repository repository, RepositorySettings settings) {
        OptionalLong free = repository.store().free();
        if (free.isPresent()) {
            String detail = "%,d MB free".formatted(free.getAsLong() / 1_000_000);
            if (free.getAsLong() < settings.minimumFree()) {
                findings.warn(
                        "there is room",
                        detail + ", less than `minimum-free` (%,d MB)".formatted(settings.minimumFree() / 1_000_000),
                        "make room, or move the repository to a larger disk");
            } else {
                findings.pass("there is room", detail);
            }
        }
    }

    private static byte[] sealed(RepositorySettings settings) {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (var seal = Seal.writer(stored, settings.recipients(), 1)) {
            seal.write(CANARY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stored.toByteArray();
    }
}
