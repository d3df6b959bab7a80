package dev.lifeboat.repository.archive;

import java.nio.charset.StandardCharsets;

/** The entry of the table of contents that is being read. */
final class Entry {

    // Function names come with all their arguments.
    private static final int LONGEST_TAG = 1 << 20;
    private static final int LONGEST_NAME = 4096;

    int id;
    boolean hasData;
    boolean hasCopy;
    String description = "";
    byte[] tag = new byte[0];
    byte[] schema = new byte[0];
    byte[] definition = new byte[0];

    /** How much of a text is kept; a longer one is damage. */
    int limit(Field field) {
        return switch (field) {
            case TAG -> LONGEST_TAG;
            case DESCRIPTION, SCHEMA -> LONGEST_NAME;
            case DEFINITION -> keepsDefinition() ? LONGEST_NAME : ArchiveText.PASS;
            default -> ArchiveText.PASS;
        };
    }

    private boolean keepsDefinition() {
        return description.equals("SEQUENCE SET") || description.equals("ENCODING");
    }

    /** Whether the text belongs to what the schema is. */
    static boolean isDefining(Field field) {
        return switch (field) {
            case TAG, DESCRIPTION, DEFINITION, SCHEMA, OWNER -> true;
            default -> false;
        };
    }

    void set(Field field, ArchiveText text) {
        switch (field) {
            case TAG -> tag = text.kept();
            case DESCRIPTION -> description = new String(text.kept(), StandardCharsets.ISO_8859_1);
            case DEFINITION -> definition = text.kept();
            case COPY_STATEMENT -> hasCopy = !text.isEmpty();
            case SCHEMA -> schema = text.kept();
            default -> {}
        }
    }

    /**
     * Whether the entry is part of the schema: not rows, not large objects and what is said about single ones, not values
     * of sequences, not statistics.
     */
    boolean isSchema() {
        return switch (description) {
            case "TABLE DATA",
                    "MATERIALIZED VIEW DATA",
                    "SEQUENCE SET",
                    "STATISTICS DATA",
                    "BLOB",
                    "BLOBS",
                    "BLOB COMMENTS",
                    "BLOB METADATA" -> false;
            case "ACL", "COMMENT", "SECURITY LABEL" -> !text(tag).startsWith("LARGE OBJECT");
            default -> true;
        };
    }

    String definitionText() {
        return text(definition);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
