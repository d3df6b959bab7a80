package dev.lifeboat.workers.month;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.workers.month.Outage.Part;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is away just now, and what was said. */
final class World {

    /** One message of an incident. */
    record Told(String incident, String run, Instant at, Telling telling) {}

    /** One notice of a run. */
    record Said(Instant at, Notice notice) {}

    final List<Said> said = new CopyOnWriteArrayList<>();
    final List<Told> told = new CopyOnWriteArrayList<>();
    final List<RunReport> reports = new CopyOnWriteArrayList<>();

    private volatile Set<Part> away = EnumSet.noneOf(Part.class);

    void isAway(Set<Part> parts) {
        away = parts;
    }

    boolean isAway(Part part) {
        return away.contains(part);
    }

    boolean isWhole() {
        return away.isEmpty();
    }

    void askTheDatabase() {
        if (isAway(Part.DATABASE)) {
            throw Failures.passing("NO_SERVER", "the server does not answer", "start it");
        }
    }

    /** The same store, which answers as long as it is not away. */
    Store door(Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    askTheRepository();
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    void askTheRepository() {
        if (isAway(Part.REPOSITORY)) {
            throw new StoreException(
                    StoreException.Problem.UNREACHABLE, "the repository does not answer", "see where it is.");
        }
    }
}
