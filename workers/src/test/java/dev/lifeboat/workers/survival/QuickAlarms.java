package dev.lifeboat.workers.survival;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Copies of the files in {@code ops/prometheus} for a test: every time to wait is twenty times as short, and every address
 * is another one. The minutes that a rule looks back over are shorter, too; hours and days, and the limits in rules, stay
 * as they are.
 */
final class QuickAlarms {

    static final List<String> FILES = List.of("prometheus.yml", "lifeboat.rules.yml", "alertmanager.yml");

    private static final Path SHIPPED = Path.of(System.getProperty("lifeboat.root"), "ops", "prometheus");
    private static final int TIMES_AS_FAST = 20;
    private static final Set<String> WAITS =
            Set.of("scrape_interval", "evaluation_interval", "for", "group_wait", "group_interval", "repeat_interval");

    private static final Pattern MINUTES_BACK = Pattern.compile("\\[(\\d+m)]");

    private final Map<String, String> addresses;
    private final Map<String, Integer> changed = new TreeMap<>();

    private QuickAlarms(Map<String, String> addresses) {
        this.addresses = addresses;
    }

    /**
     * Writes the copies into a folder.
     *
     * @param addresses how a value begins that is an address, and what that beginning is replaced by
     * @return how often each kind of waiting, and each address, was found and changed
     */
    static Map<String, Integer> write(Path folder, Map<String, String> addresses) {
        QuickAlarms quick = new QuickAlarms(addresses);
        YAMLMapper yaml = new YAMLMapper();
        try {
            for (String file : FILES) {
                JsonNode content = yaml.readTree(SHIPPED.resolve(file).toFile());
                quick.change(content);
                yaml.writeValue(folder.resolve(file).toFile(), content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return quick.changed;
    }

    /** So long here for that long in the shipped files. */
    static Duration quick(Duration shipped) {
        return shipped.dividedBy(TIMES_AS_FAST);
    }

    private void change(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(it -> it.setValue(changed(it.getKey(), it.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int n = 0; n < array.size(); n++) {
                array.set(n, changed("", array.get(n)));
            }
        }
    }

    private JsonNode changed(String key, JsonNode value) {
        if (!value.isTextual()) {
            change(value);
            return value;
        }
        String text = value.asText();
        if (key.equals("expr")) {
            return TextNode.valueOf(MINUTES_BACK.matcher(text).replaceAll(found -> {
                changed.merge("minutes back", 1, Integer::sum);
                return "[%dms]"
                        .formatted(quick(Duration.parse("PT" + found.group(1))).toMillis());
            }));
        }
        if (WAITS.contains(key)) {
            changed.merge(key, 1, Integer::sum);
            return TextNode.valueOf(quick(Duration.parse("PT" + text)).toMillis() + "ms");
        }
        for (Map.Entry<String, String> address : addresses.entrySet()) {
            if (text.startsWith(address.getKey())) {
                changed.merge(address.getKey(), 1, Integer::sum);
                return TextNode.valueOf(
                        address.getValue() + text.substring(address.getKey().length()));
            }
        }
        return value;
    }
}
