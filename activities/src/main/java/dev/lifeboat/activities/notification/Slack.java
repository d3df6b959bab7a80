package dev.lifeboat.activities.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.ChannelSettings;
import java.util.Map;

/** A channel of Slack, by an incoming webhook. */
final class Slack implements Channel {

    private final ChannelSettings.Slack settings;

    Slack(ChannelSettings.Slack settings) {
        this.settings = settings;
    }

    @Override
    public void tell(Message message) throws NotTold {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("text", escaped(message.text()));
        body.put("mrkdwn", false);
        body.put("link_names", false);
        body.put("unfurl_links", false);
        new Web(settings.authority()).post(Web.address(settings.address()), Web.bytes(body), Map.of());
    }

    @Override
    public String probe() throws NotTold {
        Web.address(settings.address());
        return "its address can be read; lifeboat check --notify sends a message";
    }

    /** As Slack asks for it: what is between angle brackets would be a link, or a call to everybody. */
    static String escaped(String text) {
        return Mentions.silenced(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
