package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.workflows.model.FailureType;
import java.util.List;

/** What the last words of pg_dump and its kin mean. */
final class DumpFailures {

    private static final int LINES = 4;
    private static final String ERROR = "error: ";

    private DumpFailures() {}

    static RuntimeException of(String program, int code, String errors) {
        String said = words(errors);
        String problem = "%s ended with exit code %d: %s".formatted(program, code, said.isEmpty() ? "no words" : said);
        if (errors.contains("server version mismatch")) {
            return Failures.permanent(
                    FailureType.CLIENT_UNSUITABLE, problem, "install the client of the server's version");
        }
        if (errors.contains("permission denied") || errors.contains("would be affected by row-level security")) {
            return Failures.permanent(
                    FailureType.NOT_ALLOWED,
                    problem,
                    "let the role read everything: pg_read_all_data, and BYPASSRLS where tables have row security");
        }
        // The option for the wait is, inside pg_dump, a timeout for the statement.
        if (errors.contains("statement timeout") && errors.contains("LOCK TABLE")) {
            return Failures.passing(
                    "TABLES_KEEP_CHANGING",
                    problem,
                    "a migration wanted a table just then and goes first; the step is tried again by itself");
        }
        return Failures.passing(
                "DUMP_BROKE_OFF", problem, "see the server's log at that time; the step is tried again by itself");
    }

    private static String words(String errors) {
        // What follows an error is the whole text of its query.
        List<String> lines = errors.lines()
                .filter(line -> !line.isBlank())
                .dropWhile(line -> errors.contains(ERROR) && !line.contains(ERROR))
                .toList();
        if (errors.contains(ERROR)) {
            return String.join(" | ", lines.subList(0, Math.min(LINES, lines.size())));
        }
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
