package dev.lifeboat.activities.postgres;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.configuration.ServerAddress;
import dev.lifeboat.workflows.model.FailureType;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;

/** What a server's refusal means, and what to do about it. */
public final class ServerFailures {

    private ServerFailures() {}

    /** A session could not be opened. */
    public static RuntimeException connecting(ServerAddress address, SQLException refusal) {
        String where = where(address);
        String state = state(refusal);
        String said = said(refusal);
        return switch (state) {
            case "28P01" ->
                Failures.permanent(
                        FailureType.LOGIN_REFUSED,
                        "%s refuses the password of '%s'".formatted(where, address.user()),
                        "see `password:` of this entry in lifeboat.yml, and try it with psql");
            case "28000" ->
                Failures.permanent(
                        // Of an unencrypted connection a rule that refuses it always says "no encryption", too.
                        isAboutTls(said) && !said.contains("pg_hba.conf")
                                ? FailureType.TLS_REFUSED
                                : FailureType.LOGIN_REFUSED,
                        "%s does not let '%s' in: %s".formatted(where, address.user(), said),
                        "see the server's pg_hba.conf: it needs a line for this role, database, address and TLS");
            case "3D000" ->
                Failures.permanent(
                        FailureType.DATABASE_NOT_FOUND,
                        "%s has no database '%s'".formatted(where, address.database()),
                        "list them with psql -l; the name in the server stands in `name:` or in the URL");
            case "08P01" -> pooled(where, said);
            case "08004" -> isAboutTls(said) ? reaching(where, said, refusal) : unwilling(address, said);
            default -> reaching(where, said, refusal);
        };
    }

    /** A statement failed in an open session. */
    public static RuntimeException working(ServerAddress address, String what, SQLException trouble) {
        String problem = "%s: %s: %s".formatted(where(address), what, said(trouble));
        if (state(trouble).equals("42501")) {
            return Failures.permanent(
                    FailureType.NOT_ALLOWED,
                    problem,
                    "let the role read everything: GRANT pg_read_all_data TO %s; tables with row security also need BYPASSRLS"
                            .formatted(address.user()));
        }
        if (state(trouble).equals("53200")) {
            return Failures.passing(
                    "SERVER_TROUBLE",
                    problem,
                    "a dump locks every table at once: raise max_locks_per_transaction on the server, and restart it");
        }
        return Failures.passing("SERVER_TROUBLE", problem, "see the server's log; the step is tried again by itself");
    }

    /** A pooler answered where the server itself is needed. */
    public static RuntimeException pooled(String where, String said) {
        return Failures.permanent(
                FailureType.POOLED_CONNECTION,
                "%s is a connection pooler, not the server itself: %s".formatted(where, said),
                "name the server's own address and port in lifeboat.yml; a dump needs one session from start to end");
    }

    /** The server's address without anything secret. */
    public static String where(ServerAddress address) {
        return "the server at %s:%d".formatted(address.host(), address.port());
    }

    // The driver itself gave up, for instance because there is no password to send.
    private static RuntimeException unwilling(ServerAddress address, String said) {
        return Failures.permanent(
                FailureType.LOGIN_REFUSED,
                "no login as '%s' to %s: %s".formatted(address.user(), where(address), said),
                "see `password:` of this entry in lifeboat.yml, and the server's pg_hba.conf");
    }

    private static RuntimeException reaching(String where, String said, SQLException refusal) {
        if (isAboutTls(said) || hasTlsCause(refusal)) {
            return Failures.permanent(
                    FailureType.TLS_REFUSED,
                    "no TLS connection to %s: %s".formatted(where, said),
                    "see `sslmode` and `sslrootcert` in the URL, and `ssl` on the server");
        }
        return Failures.passing(
                "SERVER_UNREACHABLE",
                "%s cannot be reached: %s%s".formatted(where, said, cause(refusal)),
                "see that it runs, and that this worker may reach the address and port");
    }

    private static boolean isAboutTls(String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        return lower.contains("ssl")
                || lower.contains("no encryption")
                || lower.contains("certificate")
                || lower.contains("could not be verified");
    }

    private static boolean hasTlsCause(Throwable trouble) {
        for (Throwable cause = trouble.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof javax.net.ssl.SSLException) {
                return true;
            }
        }
        return false;
    }

    private static String cause(SQLException refusal) {
        return switch (refusal.getCause()) {
            case UnknownHostException unknown -> " (no address is known for that name)";
            case IOException trouble when trouble.getMessage() != null -> " (%s)".formatted(trouble.getMessage());
            case null, default -> "";
        };
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** The first line of what the server said, without its level and full stop. */
    public static String said(SQLException e) {
        String words = e.getMessage() == null ? "no reason given" : e.getMessage();
        return words.replaceFirst("^(FATAL|ERROR): ", "")
                .lines()
                .findFirst()
                .orElse(words)
                .strip()
                .replaceFirst("\\.$", "");
    }
}
