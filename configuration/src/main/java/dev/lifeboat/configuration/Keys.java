package dev.lifeboat.configuration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Looks at the keys of a YAML tree: each a plain word, each once. Of two databases of one name the first would be lost. */
final class Keys {

    private Keys() {}

    static void check(MappingNode root, Findings findings) {
        check(root, List.of(), findings);
    }

    private static void check(Node node, List<String> path, Findings findings) {
        if (node instanceof SequenceNode list) {
            for (int item = 0; item < list.getValue().size(); item++) {
                check(list.getValue().get(item), Block.child(path, "[" + item + "]"), findings);
            }
        } else if (node instanceof MappingNode map) {
            Map<String, Integer> seen = new HashMap<>();
            map.getValue().forEach(entry -> check(entry, path, seen, findings));
        }
    }

    private static void check(NodeTuple entry, List<String> path, Map<String, Integer> seen, Findings findings) {
        int line = Lines.line(entry.getKeyNode());
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            findings.add(path, "a list or map where a key is expected", "write 'key: value', one a line.");
            return;
        }
        Integer first = seen.putIfAbsent(key.getValue(), line);
        if (first != null) {
            findings.addAt(
                    line,
                    Block.child(path, Shown.key(key.getValue())),
                    "written twice, first on line %d".formatted(first),
                    "rename or remove one of the two.");
        }
        check(entry.getValueNode(), Block.child(path, key.getValue()), findings);
    }
}
