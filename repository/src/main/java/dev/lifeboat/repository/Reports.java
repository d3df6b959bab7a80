package dev.lifeboat.repository;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The runs that left anything in a repository, by their names alone: no server is asked, and none has to remember them.
 *
 * <p>Every method throws {@link dev.lifeboat.repository.store.StoreException}.
 */
public final class Reports {

    private static final String REPORT = "report.json";
    private static final String WELL = "COMMITTED";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIME = "20261121T020000Z-k3x9".length();

    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern MONTH = Pattern.compile("\\d{2}");

    private final Store store;

    public Reports(Repository repository) {
        this.store = repository.store();
    }

    /**
     * A run as its folder tells.
     *
     * @param run its name
     * @param reported whether it left its report, as every run does at its end; a run that was terminated, or lost with its
     *     server, never does
     */
    public record Trace(String run, boolean reported) {}

    /** The newest {@code most} runs, by their start. */
    public List<Trace> newest(int most) {
        List<Trace> traces = new ArrayList<>();
        for (Key month : monthsNewestFirst()) {
            if (traces.size() >= most) {
                break;
            }
            traces.addAll(runsOf(month));
        }
        traces.sort(Comparator.comparing((Trace it) -> time(it.run())).reversed());
        return List.copyOf(traces.subList(0, Math.min(most, traces.size())));
    }

    /** The report of a run as it was stored; empty if there is none. */
    public Optional<byte[]> report(String run) {
        return store.read(Layout.report(run, REPORT));
    }

    /** Whether the run of a backup has reported that it ended well: copied, and looked into, as its policy asked. */
    boolean endedWell(String run) {
        return report(run).filter(Reports::isGood).isPresent();
    }

    private static boolean isGood(byte[] report) {
        try {
            return JSON.readTree(report).path("outcome").asText().equals(WELL);
        } catch (IOException notJson) {
            return false;
        }
    }

    private List<Key> monthsNewestFirst() {
        List<Key> months = new ArrayList<>();
        for (Key year : folders(Layout.reports(), YEAR)) {
            months.addAll(folders(year, MONTH));
        }
        months.sort(Comparator.reverseOrder());
        return months;
    }

    /** Others are somebody else's, and their names may be none that a key can have. */
    private List<Key> folders(Key parent, Pattern name) {
        return store.folders(parent).stream()
                .filter(it -> name.matcher(it).matches())
                .map(parent::child)
                .toList();
    }

    private List<Trace> runsOf(Key month) {
        Map<String, Boolean> runs = new LinkedHashMap<>();
        for (StoredObject object : store.list(month)) {
            String[] path =
                    object.key().value().substring(month.value().length() + 1).split("/", -1);
            if (path.length == 2 && isAt(path[0], month)) {
                runs.merge(path[0], path[1].equals(REPORT), Boolean::logicalOr);
            }
        }
        return runs.entrySet().stream()
                .map(it -> new Trace(it.getKey(), it.getValue()))
                .toList();
    }

    /** Whether the folder is where a run of that name has its own; what is elsewhere is somebody else's. */
    private static boolean isAt(String run, Key month) {
        try {
            return Layout.report(run).equals(month.child(run));
        } catch (IllegalArgumentException notOurs) {
            return false;
        }
    }

    private static String time(String run) {
        return run.substring(run.length() - TIME);
    }
}
