package dev.lifeboat.configuration;

import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The line on which each path of a YAML text stands, counted from 1. */
record Lines(Node root) {

    /** The line of {@code path}, or of the nearest block around it when the path itself is not written. */
    int of(List<String> path) {
        Node here = root;
        int line = line(root);
        for (String key : path) {
            Optional<NodeTuple> entry = entry(here, key);
            if (entry.isPresent()) {
                line = line(entry.get().getKeyNode());
                here = entry.get().getValueNode();
            } else if (here instanceof SequenceNode list && key.startsWith("[")) {
                here = list.getValue().get(Integer.parseInt(key.substring(1, key.length() - 1)));
                line = line(here);
            } else {
                return line;
            }
        }
        return line;
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static Optional<NodeTuple> entry(Node node, String key) {
        if (!(node instanceof MappingNode map)) {
            return Optional.empty();
        }
        return map.getValue().stream()
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .findFirst();
    }
}
