package dev.lifeboat.activities.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.ChannelSettings;
import dev.lifeboat.workflows.model.Severity;
import java.util.Map;

/**
 * A service of PagerDuty, by its Events API version 2. What an incident is about, and of which installation, is the key of its
 * alert: all that is said of it goes into one, and the last word resolves it.
 */
final class PagerDuty implements Channel {

    private final ChannelSettings.PagerDuty settings;

    PagerDuty(ChannelSettings.PagerDuty settings) {
        this.settings = settings;
    }

    @Override
    public void tell(Message message) throws NotTold {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("routing_key", Web.text(settings.routingKey()));
        event.put("event_action", message.over() ? "resolve" : "trigger");
        event.put("dedup_key", message.key());
        if (!message.over()) {
            describe(event, message);
        }
        try {
            new Web(settings.authority()).post(Web.checked(settings.address().toString()), Web.bytes(event), Map.of());
        } catch (NotTold e) {
            // A page that may be open has to be closed, and closing one that is not hurts nobody.
            throw NotTold.perhaps(e.problem());
        }
    }

    @Override
    public void tryOut(Message test) throws NotTold {
        tell(test);
        tell(test.takenBack());
    }

    @Override
    public boolean takesBack() {
        return true;
    }

    @Override
    public String probe() throws NotTold {
        Web.text(settings.routingKey());
        Web.checked(settings.address().toString());
        return "its key can be read; lifeboat check --notify opens a page and closes it";
    }

    private static void describe(ObjectNode event, Message message) {
        event.put("client", "Lifeboat");
        ObjectNode payload = event.putObject("payload");
        payload.put("summary", message.headline() + ": " + message.happened());
        payload.put("source", message.about());
        payload.put("severity", severity(message.severity()));
        ObjectNode details = payload.putObject("custom_details");
        details.put("happened", message.happened());
        details.put("safe", message.safe());
        details.put("next", message.next());
        details.put("run", message.run());
        details.put("step", message.step());
        details.put("ended", String.join("\n", message.ended()));
        if (!message.link().isEmpty()) {
            ObjectNode link = event.putArray("links").addObject();
            link.put("href", message.link());
            link.put("text", "the run");
        }
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case P1 -> "critical";
            case P2 -> "error";
            case P3 -> "warning";
            case P4 -> "info";
        };
    }
}
