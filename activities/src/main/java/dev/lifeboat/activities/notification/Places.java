package dev.lifeboat.activities.notification;

import dev.lifeboat.configuration.Settings;
import java.net.URI;

/** Where the messages of a configuration come from, and link to. */
final class Places {

    private Places() {}

    static Message.Place of(Settings settings) {
        return new Message.Place(
                settings.notifications().link().map(URI::toString),
                settings.temporal().namespace(),
                AlarmKeys.of(settings));
    }
}
