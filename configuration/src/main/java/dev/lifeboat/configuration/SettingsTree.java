package dev.lifeboat.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * A settings file as a tree of keys and values, with the line of each.
 *
 * <p>Messages of the YAML libraries quote the file, which may hold a secret in the wrong place, so none is passed on.
 */
record SettingsTree(ObjectNode content, Lines lines) {

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            // Else `search-attributes: on` would be a boolean, and a cluster could not be called `no`.
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build());
    private static final ObjectMapper CANONICAL =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();
    private static final String LOOK =
            "look at this line and the one above: indentation, brackets and quotes must match.";

    static SettingsTree parse(Path file, String text) {
        try {
            // First: it stops at a depth of 50, while scanning a long row of opening brackets alone takes minutes.
            Node root = new Yaml(options()).compose(new StringReader(text));
            refuseAliases(file, text);
            if (!(root instanceof MappingNode map)) {
                throw refuse(file, 1, "not a list of keys such as 'repositories:'", "begin from lifeboat.example.yml.");
            }
            Lines lines = new Lines(root);
            Findings findings = new Findings(file, lines);
            Keys.check(map, findings);
            findings.throwIfAny();
            return new SettingsTree((ObjectNode) YAML.readTree(text), lines);
        } catch (MarkedYAMLException e) {
            throw notYaml(file, e);
        } catch (ReaderException e) {
            int line = 1
                    + (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(point -> point == '\n')
                            .count();
            throw refuse(file, line, "a character that YAML does not allow", "is this a text file at all? Remove it.");
        } catch (YAMLException | JsonProcessingException e) {
            throw refuse(
                    file, 0, "not YAML that can be read, or nested too deeply", "begin from lifeboat.example.yml.");
        }
    }

    /** SHA-256 of the content: comments, formatting and the order of keys make no difference. Lower-case hexadecimal. */
    String sha256() {
        try {
            byte[] canonical = CANONICAL.writeValueAsString(content).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a tree of JSON cannot be hashed", e);
        }
    }

    /** Ten lines of aliases can stand for a billion values; nothing in this file needs one. */
    private static void refuseAliases(Path file, String text) {
        for (Event event : new Yaml(options()).parse(new StringReader(text))) {
            if (event instanceof AliasEvent) {
                int line = event.getStartMark().getLine() + 1;
                throw refuse(
                        file, line, "an alias (*name) is not allowed", "write the value out, or put it in quotes.");
            }
        }
    }

    /** Composing does not follow aliases, so their number does no harm before they are refused by line. */
    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        return options;
    }

    private static ConfigurationException notYaml(Path file, MarkedYAMLException e) {
        int line = e.getProblemMark().getLine() + 1;
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("(TAB)")) {
            return refuse(file, line, "not YAML: a tab", "indent with spaces.");
        }
        if (problem.contains("undefined alias")) {
            return alias(file, line);
        }
        if (problem.contains("another document")) {
            return refuse(file, line, "a second YAML document begins here", "remove the '---'.");
        }
        return refuse(file, line, "not YAML", LOOK);
    }

    private static ConfigurationException alias(Path file, int line) {
        return refuse(file, line, "an alias (*name) is not allowed", "write the value out, or put it in quotes.");
    }

    private static ConfigurationException refuse(Path file, int line, String problem, String hint) {
        return new Place(file, line, "").refuse(problem, hint);
    }
}
