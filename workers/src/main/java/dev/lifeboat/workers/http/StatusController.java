package dev.lifeboat.workers.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;

/** The three addresses of a worker. Nothing can be changed here, so nobody is asked who he is. */
@Controller
final class StatusController {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final WorkerStatus status;
    private final Recent<String> metrics;
    private final Recent<Optional<String>> hindrance;

    StatusController(WorkerStatus status) {
        this.status = status;
        this.metrics = new Recent<>(status::metrics, System::nanoTime);
        this.hindrance = new Recent<>(status::hindrance, System::nanoTime);
    }

    @Get("/metrics")
    @Produces(PROMETHEUS)
    @ExecuteOn(TaskExecutors.BLOCKING)
    String metrics() {
        return metrics.get();
    }

    @Get("/health")
    @Produces(MediaType.TEXT_PLAIN)
    HttpResponse<String> health() {
        return answer(status.illness());
    }

    @Get("/ready")
    @Produces(MediaType.TEXT_PLAIN)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<String> ready() {
        return answer(hindrance.get());
    }

    private static HttpResponse<String> answer(Optional<String> problem) {
        return problem.map(why -> HttpResponse.<String>status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(why + "\n"))
                .orElseGet(() -> HttpResponse.ok("ok\n"));
    }
}
