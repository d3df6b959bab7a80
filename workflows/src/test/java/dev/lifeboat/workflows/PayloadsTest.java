package dev.lifeboat.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lifeboat.workflows.activity.BackupActivities.Taken;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.BackupPolicy;
import dev.lifeboat.workflows.activity.CompareActivities.Compared;
import dev.lifeboat.workflows.activity.CopyActivities.Copied;
import dev.lifeboat.workflows.activity.CopyPolicy;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.activity.ScheduleActivities.Due;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.backup.BackupReport;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.backup.CopyReport;
import dev.lifeboat.workflows.backup.CopyRequest;
import dev.lifeboat.workflows.check.CheckReport;
import dev.lifeboat.workflows.check.CheckRequest;
import dev.lifeboat.workflows.journal.Answer;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.model.Copy;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import dev.lifeboat.workflows.model.Tag;
import dev.lifeboat.workflows.model.TakeOver;
import dev.lifeboat.workflows.schedule.Outcome;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import dev.lifeboat.workflows.schedule.ScheduleRequest;
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
                                true)
                        .takingOver(new TakeOver(RUN, "the server is gone")),
                BackupRequest.onSchedule("orders", NIGHT, List.of(new Tag("weekly"), new Tag("daily"))),
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
                        Optional.of(PAGE),
                        List.of(new Copy("far", true, Copy.State.MISSING, "it does not answer")),
                        Optional.of(Verified.not("nobody came")),
                        Optional.of(new Compared(Optional.of("earlier"), List.of("larger"), List.of())),
                        false),
                new BackupPolicy(
                        "main",
                        Duration.ofHours(12),
                        true,
                        PAGE,
                        List.of("far"),
                        List.of("attic"),
                        true,
                        Optional.of("orders-20261121T020000Z-k3x9"),
                        true),
                new CopyPolicy("orders", "main", Duration.ofDays(7), true),
                new CopyRequest("orders-20261121T031500Z-k3x9", "far", Optional.of("main"), "ann"),
                new CopyReport(
                        RUN, RUN.backup(), "main", "far", 2, 1_024, false, Duration.ofSeconds(9), Optional.empty()),
                new Copied(2, 1_024, true),
                new RunName("copy-orders-20261121T031500Z-k3x9.far-20261121T031700Z-ab12"),
                new BackupOrder(RUN, RUN.backup(), "orders", "main", new Tag("daily")),
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
                        List.of(),
                        List.of(new Copy("main", true, Copy.State.HERE, "")),
                        Optional.of(new Verified(Finding.Verdict.FAIL, 9, 1, List.of("an object is missing"))),
                        Optional.empty()),
                new Notice(
                        RUN, "backup/orders", News.FAILED, Severity.P2, "Load the policy", "it failed", "", "mend it"),
                new ScheduleRequest("backup/orders", new Tag("daily"), Optional.empty()).since(NIGHT),
                new ScheduleReport(
                        new RunName("schedule-orders-20261121T031500Z-k3x9"),
                        "backup/orders",
                        NIGHT,
                        List.of(new Tag("daily")),
                        new Outcome.AlreadyMade("orders-20261121T020000Z-k3x9"),
                        new Missed(1, List.of(NIGHT)),
                        "",
                        Optional.of(NIGHT)),
                new Due(NIGHT, List.of(new Tag("daily")), false, Optional.empty(), false, NIGHT, true, "odd", "main"),
                new Answer(Answer.Kind.RETRY, "ann", "mended"),
                new CheckRequest("ann", "abc", true),
                new CheckReport(RUN, Finding.Verdict.WARN, List.of(FakeChecks.pass("temporal"))));
    }

    @Test
    void a_notice_from_before_there_were_incidents_is_read() throws JsonProcessingException {
        Notice notice = read(
                "{\"run\":\"%s\",\"step\":\"s\",\"happened\":\"h\",\"next\":\"n\",\"later\":1}".formatted(RUN),
                Notice.class);

        assertThat(notice).isEqualTo(new Notice(RUN, RUN.right(), News.TROUBLE, Severity.P2, "s", "h", "", "n"));
        assertThat(read("\"LATER\"", News.class)).isEqualTo(News.TROUBLE);
        assertThat(read("\"P0\"", Severity.class)).isEqualTo(Severity.P2);
    }

    @Test
    void times_are_readable() throws JsonProcessingException {
        String json = Payloads.mapper()
                .writeValueAsString(new BackupPolicy(
                        "main",
                        Duration.ofHours(12),
                        true,
                        PAGE,
                        List.of(),
                        List.of(),
                        false,
                        Optional.empty(),
                        false));

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
        assertThat(read("{}", CheckRequest.class)).isEqualTo(new CheckRequest("unknown", "", false));
    }

    @Test
    void what_an_older_lifeboat_wrote_has_no_copies() throws JsonProcessingException {
        BackupPolicy policy = read("""
                {"repository":"main","giveUpAfter":"PT12H","searchAttributes":true,
                 "document":{"repository":"main","key":"k","sha256":"ab","bytes":12}}
                """, BackupPolicy.class);

        assertThat(policy.required()).isEmpty();
        assertThat(policy.optional()).isEmpty();
        assertThat(policy.verify()).isFalse();
        assertThat(policy.alreadyMade()).isEmpty();
        assertThat(read("{\"run\":\"%s\",\"backup\":\"b\"}".formatted(RUN), BackupOrder.class)
                        .tag())
                .isEqualTo(Tag.MANUAL);
        assertThat(read("{\"backup\":\"orders-20261121T031500Z-k3x9\"}", BackupReport.class)
                        .copies())
                .isEmpty();
        assertThat(read("{\"repository\":\"far\",\"state\":\"FROZEN\"}", Copy.class)
                        .state())
                .isEqualTo(Copy.State.UNKNOWN);
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
        List<Finding> many = Collections.nCopies(1_000, FakeChecks.pass("databases." + "x".repeat(40)));

        assertThatThrownBy(() -> converter.toPayload(new CheckReport(RUN, Finding.Verdict.PASS, many)))
                .isInstanceOf(DataConverterException.class)
                .hasMessageContaining("CheckReport takes")
                .hasMessageContaining("more than the 65536");
        assertThatThrownBy(() -> converter.toPayloads("small", new CheckReport(RUN, Finding.Verdict.PASS, many)))
                .isInstanceOf(DataConverterException.class);
    }

    @Test
    void a_request_that_cannot_be_read_is_answered_with_its_own_problem_and_example() {
        assertThatThrownBy(() -> request("{\"backup\":\"b\"}", CopyRequest.class))
                .isInstanceOf(UnreadableRequest.class)
                .hasMessage(
                        "the input is no CopyRequest: the request names no backup, or no repository;"
                                + " the plainest one is {\"backup\": \"orders-20261121T020000Z-k3x9\", \"repository\": \"far\"}");
        assertThatThrownBy(() -> request("{}", BackupRequest.class))
                .hasMessage(
                        "the input is no BackupRequest: the request names no database; the plainest one is \"orders\"");
        assertThatThrownBy(() -> request("[1]", CheckRequest.class))
                .hasMessage("the input is no CheckRequest; the plainest one is {}");
    }

    private <T> T request(String json, Class<T> type) throws JsonProcessingException {
        return converter.fromPayload(
                converter.toPayload(Payloads.mapper().readTree(json)).orElseThrow(), type, type);
    }

    private static <T> T read(String json, Class<T> type) throws JsonProcessingException {
        return Payloads.mapper().readValue(json, type);
    }
}
