package dev.lifeboat.activities.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.ChannelSettings;
import java.util.Map;

/** A channel of Discord, by a webhook. */
final class Discord implements Channel {

    private static final int LONGEST = 2_000;
    private static final int WITHOUT_PREVIEWS = 1 << 2;

    private final ChannelSettings.Discord settings;

    Discord(ChannelSettings.Discord settings) {
        this.settings = settings;
    }

    @Override
    public void tell(Message message) throws NotTold {
        // Else names from data could make links that show another address.
        String text = Mentions.silenced(message.text()).replace("[", "\\[");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("content", text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…");
        body.put("flags", WITHOUT_PREVIEWS);
        body.putObject("allowed_mentions").putArray("parse");
        new Web(settings.authority()).post(Web.address(settings.address()), Web.bytes(body), Map.of());
    }

    @Override
    public String probe() throws NotTold {
        Web.address(settings.address());
        return "its address can be read; lifeboat check --notify sends a message";
    }
}
