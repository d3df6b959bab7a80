package dev.lifeboat.activities.notification;

import dev.lifeboat.configuration.NotifySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.activity.DeliveryActivities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whom the routes of {@code lifeboat.yml} name; when one cannot be reached, others as well. Takes 45 seconds at most. */
public final class RoutedDeliveryActivities implements DeliveryActivities {

    private static final Logger log = LoggerFactory.getLogger("notification");
    private static final Duration PATIENCE = Duration.ofSeconds(21);
    private static final int TRIES = 2;

    private final NotifySettings settings;
    private final Message.Place place;
    private final Sender sender;

    public RoutedDeliveryActivities(Settings settings) {
        this(settings, TRIES, PATIENCE);
    }

    /** One that takes twice {@code patience} at most, and in that time tries each channel so often. */
    RoutedDeliveryActivities(Settings settings, int tries, Duration patience) {
        this.settings = settings.notifications();
        this.place = Places.of(settings);
        this.sender = new Sender(this.settings.channels(), tries, patience);
    }

    @Override
    public Delivered deliver(Telling telling) {
        Message message = Message.of(telling, place);
        // What was over before anybody could be told goes to those who should have been told of it.
        if (telling.kind() == Kind.OVER && !telling.channels().isEmpty()) {
            return sender.tell(whoHearsThatItIsOver(telling), message);
        }
        NotifySettings.Route route = settings.route(telling.severity().number());
        if (route.tell().isEmpty()) {
            log.warn("lifeboat.yml names nobody who is to be told: {}", message.headline());
        }
        Delivered delivered = sender.tell(route.tell(), message);
        Delivered all = delivered.failed().isEmpty() ? delivered : and(delivered, sender.tell(others(route), message));
        if (all.told().isEmpty() && !all.failed().isEmpty()) {
            log.error("nobody could be told, and it is tried again: {}", message.text());
        }
        return all;
    }

    private Set<String> whoHearsThatItIsOver(Telling telling) {
        Set<String> names = new LinkedHashSet<>(telling.channels());
        if (!telling.again()) {
            names.addAll(settings.success());
        }
        return names;
    }

    private static List<String> others(NotifySettings.Route route) {
        return route.otherwise().stream()
                .filter(it -> !route.tell().contains(it))
                .toList();
    }

    private static Delivered and(Delivered one, Delivered other) {
        return new Delivered(
                joined(one.told(), other.told()),
                joined(one.unclear(), other.unclear()),
                joined(one.failed(), other.failed()));
    }

    private static List<String> joined(List<String> one, List<String> other) {
        List<String> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
