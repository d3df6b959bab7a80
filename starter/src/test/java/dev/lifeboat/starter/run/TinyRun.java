package dev.lifeboat.starter.run;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A run of two steps with titles, under the type and the right of a real one. */
@WorkflowInterface
public interface TinyRun {

    @WorkflowMethod(name = "BackUpDatabase")
    String run(Map<String, Object> request);

    /** Something else. */
    @WorkflowInterface
    interface Other {

        @WorkflowMethod(name = "SomethingElse")
        void run();
    }

    /** Does nothing. */
    final class OtherRunbook implements Other {

        @Override
        public void run() {}
    }

    /** What it does. */
    @ActivityInterface
    interface Work {

        void prepare();

        String dump(String how);
    }

    /** Prepares, then dumps. */
    final class TinyRunbook implements TinyRun {

        @Override
        public String run(Map<String, Object> request) {
            work("Load the policy").prepare();
            return work("Dump the database").dump(String.valueOf(request.getOrDefault("how", "well")));
        }

        private static Work work(String title) {
            return Workflow.newActivityStub(
                    Work.class,
                    ActivityOptions.newBuilder()
                            .setSummary(title)
                            .setStartToCloseTimeout(Duration.ofMinutes(1))
                            .setHeartbeatTimeout(Duration.ofSeconds(30))
                            .setRetryOptions(RetryOptions.newBuilder()
                                    .setInitialInterval(Duration.ofMillis(200))
                                    .setMaximumAttempts(3)
                                    .build())
                            .build());
        }
    }

    /** Well, badly for good, badly once, or with heartbeats until it is let go. */
    final class TinyWork implements Work {

        final CountDownLatch letGo = new CountDownLatch(1);

        @Override
        public void prepare() {}

        @Override
        public String dump(String how) {
            return switch (how) {
                case "badly" ->
                    throw ApplicationFailure.newBuilder()
                            .setMessage("the disk is full")
                            .setType("FULL")
                            .setNonRetryable(true)
                            .setDetails("make room and start it again")
                            .build();
                case "once" -> {
                    if (Activity.getExecutionContext().getInfo().getAttempt() == 1) {
                        throw new IllegalStateException("the network blinked");
                    }
                    yield "dumped";
                }
                case "slowly" -> slowly();
                default -> "dumped";
            };
        }

        private String slowly() {
            try {
                while (!letGo.await(100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    Activity.getExecutionContext()
                            .heartbeat(Map.of("what", "dump", "done", 1024, "total", 4096, "unit", "bytes"));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ActivityCompletionException e) {
                throw e;
            }
            return "dumped";
        }
    }
}
