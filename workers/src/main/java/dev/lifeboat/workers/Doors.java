package dev.lifeboat.workers;

import dev.lifeboat.activities.postgres.Sql;
import dev.lifeboat.activities.programs.Programs;
import dev.lifeboat.repository.store.Store;
import io.temporal.common.interceptors.WorkerInterceptor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The few doors through which a worker touches the world. Tests stand in them to count effects, and to end the process
 * before, in, or after one; the product leaves them open.
 */
record Doors(
        UnaryOperator<Store> stores,
        UnaryOperator<Programs> programs,
        UnaryOperator<Sql> sql,
        List<WorkerInterceptor> interceptors) {

    static final Doors OPEN =
            new Doors(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity(), List.of());
}
