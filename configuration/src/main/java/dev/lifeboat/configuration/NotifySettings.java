package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who is told what, and how. With nothing written everything stands in the worker's log and nowhere else.
 *
 * @param channels by name, in the order of the file
 * @param routes by urgency, 1 to 4
 * @param success names of channels that are told what went well
 * @param link where Temporal's UI begins, for the link in a message
 * @param heartbeat who outside hears from a healthy worker
 */
public record NotifySettings(
        Map<String, ChannelSettings> channels,
        SortedMap<Integer, Route> routes,
        List<String> success,
        Optional<URI> link,
        Optional<HeartbeatSettings> heartbeat) {

    private static final int SEVERITIES = 4;

    /**
     * Who is told of one degree of urgency.
     *
     * @param tell names of channels, all of which are told
     * @param otherwise who is told as well when one of them cannot be reached
     */
    public record Route(List<String> tell, List<String> otherwise) {

        static final Route NOBODY = new Route(List.of(), List.of());
    }

    /** The route of a degree, 1 to 4: its own, or that of the next less urgent one that has one. */
    public Route route(int severity) {
        return routes.tailMap(severity).values().stream().findFirst().orElse(Route.NOBODY);
    }

    static NotifySettings read(Block block, Path base) {
        Map<String, ChannelSettings> channels = block.named("channels", entry -> ChannelSettings.read(entry, base));
        Set<String> names = block.namesUnder("channels");
        SortedMap<Integer, Route> routes = block.block("routes", inner -> routes(inner, names));
        return new NotifySettings(
                channels,
                routes,
                block.list("success", node -> channel(node, names)),
                block.value("link", ChannelSettings::address),
                HeartbeatSettings.read(block));
    }

    private static SortedMap<Integer, Route> routes(Block block, Set<String> names) {
        SortedMap<Integer, Route> routes = new TreeMap<>();
        for (int severity = 1; severity <= SEVERITIES; severity++) {
            String key = "p" + severity;
            block.known(key);
            if (block.has(key)) {
                routes.put(severity, block.block(key, inner -> route(inner, names)));
            }
        }
        return Collections.unmodifiableSortedMap(routes);
    }

    private static Route route(Block block, Set<String> names) {
        if (!block.has("tell") || block.isEmptyList("tell")) {
            block.refuse("nobody is told", "write tell: [NAME], with one of the channels above.");
        }
        return new Route(
                block.list("tell", node -> channel(node, names)),
                block.list("otherwise", node -> channel(node, names)));
    }

    private static String channel(JsonNode node, Set<String> names) {
        String name = Scalar.text(node);
        if (names.contains(name)) {
            return name;
        }
        throw new Refused("there is no channel %s".formatted(Shown.quoted(name)), Spelling.hint(name, names));
    }
}
