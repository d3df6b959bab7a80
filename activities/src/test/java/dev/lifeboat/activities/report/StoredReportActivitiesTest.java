package dev.lifeboat.activities.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.activities.Repositories;
import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.pulse.PulseInterceptor;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.activity.CompareActivities.Compared;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.ReportActivities;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.model.Copy;
import dev.lifeboat.workflows.model.Document;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoredReportActivitiesTest {

    private static final String HOSTILE = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> & ${page} 🛟";
    private static final Instant START = Instant.parse("2026-11-21T03:15:00Z");

    @TempDir
    Path folder;

    private TestTools setup;
    private TestWorkflowEnvironment temporal;

    /** Stores a report, as the last step of a runbook does. */
    @WorkflowInterface
    public interface Reporting {

        @WorkflowMethod
        Document run(RunReport report);
    }

    public static final class ReportingOnly implements Reporting {

        private final ReportActivities report = Workflow.newActivityStub(
                ReportActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(30))
                        .build());

        @Override
        public Document run(RunReport it) {
            return report.store(it);
        }
    }

    @BeforeEach
    void setUp() {
        setup = new TestTools(folder);
        setup.open();
        temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new PulseInterceptor())
                        .build())
                .build());
        Worker worker = temporal.newWorker("reports");
        worker.registerWorkflowImplementationTypes(ReportingOnly.class);
        Repositories repositories = setup.tools().repositories();
        worker.registerActivitiesImplementations(new StoredReportActivities(repositories));
        temporal.start();
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void hostile_text_is_only_text_on_the_page() throws Exception {
        Document page = run(report(HOSTILE));

        String html = Files.readString(file(page));
        assertThat(html).doesNotContain("<script", "<img", "\"'>").contains("&lt;script&gt;alert(1)", "${page}", "🛟");
        assertThat(html.split("&lt;script&gt;", -1))
                .as("every place that shows text")
                .hasSize(6);
        assertThat(page.bytes()).isEqualTo(Files.size(file(page)));
    }

    @Test
    void page_data_and_history_lie_side_by_side() throws Exception {
        Path page = file(run(report("fine")));

        assertThat(page).hasFileName("report.html");
        assertThat(page.toString()).contains("/reports/2026/11/backup-orders-20261121T031500Z-k3x9/");
        assertThat(page.resolveSibling("report.json"))
                .content()
                .contains("\"outcome\" : \"COMMITTED\"", "2026-11-21T03:15:00Z");
        assertThat(page.resolveSibling("history.json")).content().contains("WORKFLOW_EXECUTION_STARTED");
        assertThat(Files.readString(page)).contains("1,234,567", "2m3s");
    }

    @Test
    void what_was_stored_first_stays() throws Exception {
        Document first = run(report("the first time"));
        String before = Files.readString(file(first));

        Document second = run(report("another time"));

        assertThat(second).isEqualTo(first);
        assertThat(file(first))
                .content()
                .isEqualTo(before)
                .contains("the first time")
                .doesNotContain("another time");
    }

    private Document run(RunReport report) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        Reporting.class,
                        WorkflowOptions.newBuilder().setTaskQueue("reports").build())
                .run(report);
    }

    private Path file(Document document) {
        return setup.repositoryFolder().resolve(document.key());
    }

    private static RunReport report(String text) {
        return new RunReport(
                TestTools.order("k3x9").run(),
                "BackUpDatabase",
                "main",
                "COMMITTED",
                Optional.of(text),
                text,
                START,
                START.plusSeconds(123),
                List.of(new Entry(text, Entry.Status.FAILED, START, text)),
                Optional.of(
                        new RunReport.Backup("orders-20261121T031500Z-k3x9", "orders", "daily", 3, 1_234_567, 10, 5)),
                List.of(text),
                List.of(
                        new Copy("main", true, Copy.State.HERE, ""),
                        new Copy("far", true, Copy.State.MISSING, text),
                        new Copy("attic", false, Copy.State.UNDER_WAY, "is on its way")),
                Optional.of(new Verified(Finding.Verdict.FAIL, 9, 2, List.of(text))),
                Optional.of(new Compared(Optional.of("orders-20261120T031500Z-k3x9"), List.of(), List.of("a note"))));
    }
}
