package dev.lifeboat.repository.archive;

import java.util.Arrays;
import java.util.List;

/** What an entry of the table of contents consists of, in this order. */
enum Field {
    DUMP_ID(Kind.NUMBER),
    HAS_DATA(Kind.NUMBER),
    CATALOG(Kind.TEXT),
    CATALOG_ID(Kind.TEXT),
    TAG(Kind.TEXT),
    DESCRIPTION(Kind.TEXT),
    SECTION(Kind.NUMBER),
    DEFINITION(Kind.TEXT),
    DROP_STATEMENT(Kind.TEXT),
    COPY_STATEMENT(Kind.TEXT),
    SCHEMA(Kind.TEXT),
    TABLESPACE(Kind.TEXT),
    ACCESS_METHOD(Kind.TEXT),
    RELATION_KIND(Kind.NUMBER),
    OWNER(Kind.TEXT),
    WITH_OIDS(Kind.TEXT),
    /** Texts, ended by none. */
    DEPENDENCIES(Kind.TEXTS),
    /** A flag, then as many bytes as the header said. */
    OFFSET(Kind.BYTES);

    /** How a field is stored. */
    enum Kind {
        NUMBER,
        TEXT,
        TEXTS,
        BYTES
    }

    final Kind kind;

    Field(Kind kind) {
        this.kind = kind;
    }

    static List<Field> of(Format format) {
        return Arrays.stream(values())
                .filter(it -> it != RELATION_KIND || format.minor() >= 16)
                .toList();
    }
}
