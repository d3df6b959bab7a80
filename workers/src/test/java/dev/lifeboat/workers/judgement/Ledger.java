package dev.lifeboat.workers.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.Inventory;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.workers.judgement.Run.Heard;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is there when it is over.
 *
 * @param runs every run with its history, in the order in which they began
 * @param heard all that incidents were told, of whatever
 * @param backups by database
 */
public record Ledger(List<Run> runs, List<Heard> heard, Map<String, List<Manifest>> backups, Repository repository) {

    public static Ledger of(WorkflowClient client, Collection<WorkflowExecution> runs, Repository repository) {
        List<Run> all = runs.stream()
                .map(it -> Run.of(client, it))
                .sorted(Comparator.comparing(Run::began))
                .toList();
        return new Ledger(
                all,
                all.stream().flatMap(it -> it.heard().stream()).toList(),
                repository.inventory(Optional.empty()).entries().stream()
                        .map(Inventory.Entry::manifest)
                        .collect(Collectors.groupingBy(Manifest::database)),
                repository);
    }

    /** All of them. */
    public List<Manifest> backups(String database) {
        return backups.getOrDefault(database, List.of());
    }

    /** Those whose workflow ids begin so. */
    public List<Run> runs(String beginning) {
        return runs.stream().filter(it -> it.id().startsWith(beginning)).toList();
    }

    List<Run> incidents() {
        return runs("incident/");
    }

    /** What came of the points of a schedule, as its runs reported. */
    List<ScheduleReport> reports(Plan plan) {
        return runs(plan.request().workflowId()).stream()
                .flatMap(it -> it.result(ScheduleReport.class).stream())
                .toList();
    }

    /** No two runs under the same right were open at the same time, and no two of the same schedule. */
    void noneIsBesideAnother() {
        runs.stream().collect(Collectors.groupingBy(Run::right)).values().forEach(same -> {
            for (int i = 1; i < same.size(); i++) {
                assertThat(same.get(i).isBeside(same.get(i - 1)))
                        .as("%s beside %s", same.get(i), same.get(i - 1))
                        .isFalse();
            }
        });
    }

    /** What runs did and what was said, in order. */
    String chronicle() {
        Stream<Line> ran = runs.stream().map(it -> new Line(it.began(), it + ": " + it.ending()));
        Stream<Line> said =
                heard.stream().map(it -> new Line(it.at(), it.notice().toString()));
        Stream<Line> told = incidents().stream()
                .flatMap(it -> it.told().stream())
                .map(it -> new Line(
                        it.at(),
                        "told %s %s".formatted(it.telling().kind(), it.telling().severity())));
        return Stream.of(ran, said, told)
                .flatMap(it -> it)
                .sorted(Comparator.comparing(Line::at))
                .map(it -> "\n%s %s".formatted(it.at(), it.text()))
                .collect(Collectors.joining());
    }

    private record Line(Instant at, String text) {}

    /** Each history leads today's code to the same decisions. */
    void replays() throws Exception {
        Replay.of(runs.stream().map(Run::history).toList());
    }
}
