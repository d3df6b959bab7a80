package dev.lifeboat.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lifeboat.workflows.activity.BackupActivities.Taken;
import dev.lifeboat.workflows.activity.BackupPolicy;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.backup.BackupReport;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.check.CheckReport;
import dev.lifeboat.workflows.check.CheckRequest;
import dev.lifeboat.workflows.journal.Answer;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Tag;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadsTest {

    private static final RunName RUN = new RunName("backup-orders-20261121T031500Z-k3x9");
    private static final Instant NIGHT = Instant.parse("2026-11-21T03:15:00.123Z");
    private static final Document PAGE = new Document("main", "reports/report.html", "ab", 12);

    private final DataConverter converter = Payloads.converter();

    @ParameterizedTest
    @MethodSource("everythingThatPasses")
    void everything_that_passes_through_temporal_comes_back_equal(Object value) {
        Payload payload = converter.toPayload(value).orElseThrow();

        assertThat((Object) converter.fromPayload(payload, value.getClass(), value.getClass()))
                .isEqualTo(value);
    }

    static List<Object> everythingThatPasses() {
        return List.of(
                RUN,
                BackupRequest.of("orders"),
                new BackupRequest(
                        "orders",
                        new Tag("pre-deploy"),
                        Optional.of("audit"),
                        Optional.of("before 4.2"),
                        Optional.of(NIGHT),
                        Optional.of("far"),
                        "ann",
                        true),
                new BackupReport(
                        RUN,
                        RUN.backup(),
                        "main",
                        3,
                        42,
                        4_096,
                        1_024,
                        Duration.ofSeconds(90),
                        List.of("look"),
                        Optional.of(PAGE)),
                new BackupPolicy("main", Duration.ofHours(12), true, PAGE),
                new Taken("a1", 3, 42, 4_096, 1_024, List.of()),
                new RunReport(
                        RUN,
                        "BackUpDatabase",
                        "main",
                        "FAILED",
                        Optional.of("disk is full"),
                        "ann",
                        NIGHT,
                        NIGHT,
                        List.of(new Entry("Load the policy", Entry.Status.DONE, NIGHT, "")),
                        Optional.of(new RunReport.Backup("b", "orders", "manual", 3, 42, 4_096, 1_024)),
                        List.of()),
                new Notice(RUN, "Load the policy", "it failed", "mend it"),
                new Answer(Answer.Kind.RETRY, "ann", "mended"),
                new CheckRequest("ann", "abc"),
                new CheckReport(RUN, Finding.Verdict.WARN, List.of(FakeWorld.pass("temporal"))));
    }

    @Test
    void times_are_readable() throws JsonProcessingException {
        String json = Payloads.mapper().writeValueAsString(new BackupPolicy("main", Duration.ofHours(12), true, PAGE));

        assertThat(json).contains("\"giveUpAfter\":\"PT12H\"");
        assertThat(Payloads.mapper().writeValueAsString(NIGHT)).isEqualTo("\"2026-11-21T03:15:00.123Z\"");
    }

    @Test
    void a_request_may_be_the_name_alone_or_lack_all_but_the_name() throws JsonProcessingException {
        BackupRequest ordinary = BackupRequest.of("orders");

        assertThat(read("\"orders\"", BackupRequest.class)).isEqualTo(ordinary);
        assertThat(read("{\"database\":\"orders\"}", BackupRequest.class)).isEqualTo(ordinary);
        assertThat(read("{\"database\":\"orders\",\"hold\":null}", BackupRequest.class))
                .isEqualTo(ordinary);
        assertThat(read("{\"kind\":\"abort\"}", Answer.class)).isEqualTo(new Answer(Answer.Kind.ABORT, "unknown", ""));
        assertThat(read("{}", CheckRequest.class)).isEqualTo(new CheckRequest("unknown", ""));
    }

    @Test
    void what_a_newer_lifeboat_wrote_is_read_as_far_as_it_goes() throws JsonProcessingException {
        assertThat(read("{\"database\":\"orders\",\"colour\":\"red\"}", BackupRequest.class)
                        .database())
                .isEqualTo("orders");
        assertThat(read("{\"subject\":\"x\",\"verdict\":\"DUBIOUS\"}", Finding.class)
                        .verdict())
                .isEqualTo(Finding.Verdict.INCONCLUSIVE);
    }

    @Test
    void more_than_64_kib_is_refused_by_name() {
        List<Finding> many = Collections.nCopies(1_000, FakeWorld.pass("databases." + "x".repeat(40)));

        assertThatThrownBy(() -> converter.toPayload(new CheckReport(RUN, Finding.Verdict.PASS, many)))
                .isInstanceOf(DataConverterException.class)
                .hasMessageContaining("CheckReport takes")
                .hasMessageContaining("more than the 65536");
        assertThatThrownBy(() -> converter.toPayloads("small", new CheckReport(RUN, Finding.Verdict.PASS, many)))
                .isInstanceOf(DataConverterException.class);
    }

    private static <T> T read(String json, Class<T> type) throws JsonProcessingException {
        return Payloads.mapper().readValue(json, type);
    }
}
