package dev.lifeboat.activities.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.activities.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.client.ActivityPausedException;
import io.temporal.client.ActivityResetException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PulseTest {

    // The exception of the SDK wants to know of which activity it speaks, and asks for strings only.
    private static final ActivityInfo ANY = (ActivityInfo) Proxy.newProxyInstance(
            PulseTest.class.getClassLoader(), new Class<?>[] {ActivityInfo.class}, (self, method, arguments) -> "any");

    private final TestHeart heart = new TestHeart();
    private final List<String> done = new ArrayList<>();
    private Duration passed = Duration.ZERO;
    private final Pulse pulse = new Pulse(heart, () -> passed.toNanos(), "Backup.take");

    @Test
    void work_that_was_told_nothing_goes_on() {
        pulse.beatOnce();

        assertThatCode(pulse::stopIfTold).doesNotThrowAnyException();
        assertThat(pulse.told()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("waysToStopForReal")
    void what_the_server_says_for_real_stops_also_work_that_may_finish_alone(RuntimeException said) {
        pulse.mayFinishAlone(Duration.ofHours(24));
        pulse.whenTold(() -> done.add("killed the child"));
        pulse.whenTold(() -> done.add("closed the session"));
        heart.answersEveryBeatWith(said);

        pulse.beatOnce();

        assertThat(done).containsExactly("killed the child", "closed the session");
        assertThatThrownBy(pulse::stopIfTold).isSameAs(said);
    }

    static List<RuntimeException> waysToStopForReal() {
        return List.of(new ActivityCanceledException(), new ActivityPausedException(), new ActivityResetException());
    }

    @ParameterizedTest
    @MethodSource("waysToBeOutOfTouch")
    void out_of_touch_does_not_stop_work_that_may_finish_alone(RuntimeException said) {
        pulse.mayFinishAlone(Duration.ofHours(24));
        pulse.whenTold(() -> done.add("killed the child"));
        heart.answersEveryBeatWith(said);

        pulse.beatOnce();
        passed = Duration.ofHours(23);
        pulse.beatOnce();

        assertThat(done).isEmpty();
        assertThat(pulse.told()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("waysToBeOutOfTouch")
    void out_of_touch_stops_all_other_work(RuntimeException said) {
        pulse.whenTold(() -> done.add("killed the child"));
        heart.answersEveryBeatWith(said);

        pulse.beatOnce();

        assertThat(done).containsExactly("killed the child");
        assertThatThrownBy(pulse::stopIfTold).isSameAs(said);
    }

    static List<RuntimeException> waysToBeOutOfTouch() {
        return List.of(notHeardInTime(), new ActivityWorkerShutdownException(), gone());
    }

    @Test
    void gone_and_not_wanted_any_more_stops_for_real() {
        pulse.mayFinishAlone(Duration.ofHours(24));
        heart.answersEveryBeatWith(gone());
        heart.isNotWantedAnyMore();

        pulse.beatOnce();

        assertThatThrownBy(pulse::stopIfTold).isInstanceOf(ActivityNotExistsException.class);
    }

    @Test
    void gone_while_nobody_can_be_asked_is_out_of_touch() {
        pulse.mayFinishAlone(Duration.ofHours(24));
        heart.answersEveryBeatWith(gone());
        heart.cannotBeAskedWhetherItIsWanted(new StatusRuntimeException(Status.UNAVAILABLE));

        pulse.beatOnce();

        assertThat(pulse.told()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("waysToBeOutOfTouch")
    void work_that_goes_on_alone_stops_for_real_when_the_server_is_back_and_does_not_want_it(RuntimeException said) {
        pulse.mayFinishAlone(Duration.ofHours(24));
        pulse.whenTold(() -> done.add("killed the child"));
        heart.answersEveryBeatWith(said);
        pulse.beatOnce();
        heart.cannotBeAskedWhetherItIsWanted(new StatusRuntimeException(Status.UNAVAILABLE));
        passed = Duration.ofSeconds(10);
        pulse.beatOnce();
        heart.canBeAskedAgain();
        passed = Duration.ofSeconds(20);
        pulse.beatOnce();
        assertThat(done).isEmpty();

        heart.isNotWantedAnyMore();
        passed = Duration.ofSeconds(24);
        pulse.beatOnce();
        assertThat(done).as("asked at intervals").isEmpty();
        passed = Duration.ofSeconds(25);
        pulse.beatOnce();

        assertThat(done).containsExactly("killed the child");
        assertThatThrownBy(pulse::stopIfTold).isInstanceOf(ActivityCanceledException.class);
    }

    @Test
    void too_long_alone_stops_with_a_hint() {
        pulse.mayFinishAlone(Duration.ofMinutes(30));
        pulse.whenTold(() -> done.add("killed the child"));
        heart.answersEveryBeatWith(notHeardInTime());
        pulse.beatOnce();

        passed = Duration.ofMinutes(31);
        pulse.beatOnce();

        assertThat(done).containsExactly("killed the child");
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, pulse::stopIfTold);
        assertThat(failure.getType()).isEqualTo("OUT_OF_TOUCH");
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).contains("PT30M");
        assertThat(Failures.hint(failure)).contains("Temporal server");
    }

    @Test
    void work_without_progress_stops_and_says_what_was_last_seen() {
        pulse.stalledAfter(Duration.ofMinutes(10));
        pulse.measure("dump", 1_000_000, true);
        passed = Duration.ofMinutes(1);
        pulse.done(4711);

        passed = Duration.ofMinutes(11);
        pulse.done(4711);
        pulse.beatOnce();
        assertThat(pulse.told()).isEmpty();
        passed = Duration.ofMinutes(11).plusSeconds(1);
        pulse.beatOnce();

        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, pulse::stopIfTold);
        assertThat(failure.getType()).isEqualTo("STALLED");
        assertThat(failure.getOriginalMessage()).contains("dump, 4711 bytes done");
        assertThat(Failures.hint(failure)).contains("pg_stat_activity");
    }

    @Test
    void work_that_moves_never_stalls() {
        pulse.stalledAfter(Duration.ofMinutes(10));
        for (int minute = 1; minute <= 60; minute++) {
            passed = Duration.ofMinutes(minute);
            pulse.done(minute);
            pulse.beatOnce();
        }

        assertThat(pulse.told()).isEmpty();
    }

    @Test
    void a_beat_that_does_not_get_through_changes_nothing() {
        heart.answersEveryBeatWith(new StatusRuntimeException(Status.UNAVAILABLE));

        pulse.beatOnce();
        pulse.beatOnce();

        assertThat(pulse.told()).isEmpty();
        heart.answersBeatsAgain();
        pulse.beatOnce();
        assertThat(heart.beats()).hasSize(3);
    }

    @Test
    void progress_carries_bytes_rate_and_what_remains() {
        pulse.measure("dump", 1000, true);
        for (int second = 1; second <= 5; second++) {
            passed = Duration.ofSeconds(second);
            pulse.done(second * 100L);
        }

        pulse.beatOnce();

        assertThat(heart.beats())
                .containsExactly(
                        new Progress("dump", 500, 1000, true, "bytes", 100, Optional.of(Duration.ofSeconds(5))));
    }

    @Test
    void the_rate_is_that_of_the_last_seconds() {
        pulse.measure("dump", 0, false);
        passed = Duration.ofMinutes(10);
        pulse.done(600);
        for (int second = 1; second <= 60; second++) {
            passed = passed.plusSeconds(1);
            pulse.done(600 + second * 1000L);
        }

        pulse.beatOnce();

        assertThat(heart.beats().getFirst().perSecond()).isBetween(950L, 1050L);
        assertThat(heart.beats().getFirst().remaining()).isEmpty();
    }

    @Test
    void more_than_was_expected_leaves_what_remains_unsaid() {
        pulse.measure("dump", 100, true);
        passed = Duration.ofSeconds(1);
        pulse.done(101);

        pulse.beatOnce();

        assertThat(heart.beats().getFirst().remaining()).isEmpty();
    }

    @Test
    void what_is_to_happen_happens_at_once_when_the_activity_was_told_before() {
        heart.answersEveryBeatWith(new ActivityCanceledException());
        pulse.beatOnce();

        pulse.whenTold(() -> done.add("killed the child"));

        assertThat(done).containsExactly("killed the child");
    }

    @Test
    void one_thing_that_goes_wrong_does_not_keep_the_others_from_happening() {
        pulse.whenTold(() -> {
            throw new IllegalStateException("the session cannot be cut off");
        });
        pulse.whenTold(() -> done.add("killed the child"));
        heart.answersEveryBeatWith(new ActivityCanceledException());

        pulse.beatOnce();

        assertThat(done).containsExactly("killed the child");
    }

    @Test
    void the_first_reason_is_the_one_that_counts() {
        pulse.stalledAfter(Duration.ofMinutes(1));
        heart.answersEveryBeatWith(new ActivityCanceledException());
        passed = Duration.ofMinutes(2);

        pulse.beatOnce();

        assertThatThrownBy(pulse::stopIfTold).isInstanceOf(ActivityCanceledException.class);
    }

    @Test
    void a_rest_ends_as_soon_as_the_activity_is_told() {
        pulse.whenTold(() -> done.add("told"));
        heart.answersEveryBeatWith(new ActivityCanceledException());
        Thread.ofPlatform().start(pulse::beatOnce);

        assertThatThrownBy(() -> pulse.rest(Duration.ofHours(1))).isInstanceOf(ActivityCanceledException.class);
    }

    @Test
    void an_activity_that_has_ended_is_told_nothing_any_more() {
        pulse.whenTold(() -> done.add("killed the child"));
        heart.answersEveryBeatWith(gone());
        heart.isNotWantedAnyMore();
        pulse.close();

        pulse.beatOnce();

        assertThat(done).isEmpty();
    }

    @Test
    void a_thread_without_an_activity_has_no_pulse() {
        assertThatThrownBy(Pulse::current).hasMessageContaining("no activity runs on this thread");
    }

    private static ActivityCanceledException notHeardInTime() {
        return new ActivityCanceledException(
                ANY, new TimeoutFailure("no beat got through", "", TimeoutType.TIMEOUT_TYPE_HEARTBEAT));
    }

    private static ActivityNotExistsException gone() {
        return new ActivityNotExistsException(new StatusRuntimeException(Status.NOT_FOUND));
    }
}
