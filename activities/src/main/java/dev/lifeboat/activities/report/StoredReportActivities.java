package dev.lifeboat.activities.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.lifeboat.activities.Documents;
import dev.lifeboat.activities.Repositories;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.workflows.activity.ReportActivities;
import dev.lifeboat.workflows.model.Document;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Keeps the evidence of a run where its backups are: as data, as a page, and as the run's own history. */
public final class StoredReportActivities implements ReportActivities {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    private static final TemplateEngine PAGES = TemplateEngine.createPrecompiled(ContentType.Html);

    private final Repositories repositories;

    public StoredReportActivities(Repositories repositories) {
        this.repositories = repositories;
    }

    @Override
    public Document store(RunReport report) {
        Repository repository = repositories.open(report.repository(), StoreRight.WRITE);
        Documents documents = new Documents(repository, report.repository(), report.run());
        documents.store("history.json", ownHistory().getBytes(StandardCharsets.UTF_8));
        documents.store("report.json", json(report));
        return documents.store("report.html", page(report));
    }

    // As far as the run has come: what follows is this activity's own end and the end of the run.
    private static String ownHistory() {
        ActivityExecutionContext context = Activity.getExecutionContext();
        return context.getWorkflowClient()
                .fetchHistory(
                        Objects.requireNonNull(context.getInfo().getWorkflowId(), "a workflow's activity"),
                        context.getInfo().getWorkflowRunId())
                .toJson(true);
    }

    private static byte[] json(RunReport report) {
        try {
            return (JSON.writeValueAsString(report) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] page(RunReport report) {
        StringOutput page = new StringOutput();
        PAGES.render("report.jte", ReportPage.of(report), page);
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }
}
