package dev.lifeboat.activities.notification;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.ChannelSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Anybody's own receiver: JSON, with the time and an HMAC of both in headers. */
final class Webhook implements Channel {

    private static final int FORMAT = 1;
    private static final String HMAC = "HmacSHA256";

    private final ChannelSettings.Webhook settings;

    Webhook(ChannelSettings.Webhook settings) {
        this.settings = settings;
    }

    @Override
    public void tell(Message message) throws NotTold {
        byte[] body = Web.bytes(document(message));
        new Web(settings.authority()).post(Web.address(settings.address()), body, headers(message, body));
    }

    @Override
    public boolean takesBack() {
        return true;
    }

    @Override
    public String probe() throws NotTold {
        Web.address(settings.address());
        if (settings.signingKey().isPresent()) {
            Web.text(settings.signingKey().get());
        }
        return "its address can be read; lifeboat check --notify sends a message";
    }

    private static ObjectNode document(Message message) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("format", FORMAT);
        document.put("id", message.id());
        document.put("about", message.about());
        document.put("key", message.key());
        document.put("kind", message.kind());
        document.put("severity", message.severity().name());
        document.put("over", message.over());
        document.put("headline", message.headline());
        document.put("run", message.run());
        document.put("step", message.step());
        document.put("happened", message.happened());
        document.put("safe", message.safe());
        document.put("next", message.next());
        ArrayNode ended = document.putArray("ended");
        message.ended().forEach(ended::add);
        document.put("link", message.link());
        return document;
    }

    private Map<String, String> headers(Message message, byte[] body) throws NotTold {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Lifeboat-Id", message.id());
        if (settings.signingKey().isPresent()) {
            String time = Long.toString(Instant.now().getEpochSecond());
            headers.put("Lifeboat-Timestamp", time);
            headers.put(
                    "Lifeboat-Signature",
                    "v1=" + hmac(Web.text(settings.signingKey().get()), time, body));
        }
        return headers;
    }

    /** In hexadecimal, over the time, a dot, and the body as it is. */
    private static String hmac(String key, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
