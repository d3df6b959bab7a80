package dev.lifeboat.repository.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A custom-format dump as PostgreSQL's sources lay it out. What pg_dump really writes is tried where there is a server;
 * of the formats newer than the server's there are only these.
 */
final class WrittenArchive {

    private final int minor;
    private final ByteArrayOutputStream contents = new ByteArrayOutputStream();
    private final ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    private int compression;
    private int entries;

    WrittenArchive(int minor) {
        this.minor = minor;
        entry(1, "ENCODING", null, "ENCODING", "SET client_encoding = 'UTF8';\n", false);
    }

    WrittenArchive compression(int level) {
        compression = level;
        return this;
    }

    WrittenArchive entry(
            int id, String description, @Nullable String schema, String tag, String definition, boolean hasData) {
        number(contents, id);
        number(contents, hasData ? 1 : 0);
        text(contents, "0");
        text(contents, Integer.toString(id * 31));
        text(contents, tag);
        text(contents, description);
        number(contents, 3);
        text(contents, definition);
        text(contents, "");
        text(contents, description.equals("TABLE DATA") ? "COPY x (y) FROM stdin;\n" : null);
        text(contents, schema);
        text(contents, "");
        text(contents, null);
        if (minor >= 16) {
            number(contents, 'r');
        }
        text(contents, "owner");
        text(contents, "false");
        text(contents, "1");
        text(contents, null);
        contents.writeBytes(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0});
        entries++;
        return this;
    }

    /** A table, and its rows in pieces with a line feed after each. */
    WrittenArchive table(int id, String name, List<String> rows) {
        entry(id, "TABLE", "public", name, "CREATE TABLE " + name + ";\n", false);
        entry(id + 1, "TABLE DATA", "public", name, "", true);
        String text = String.join("", rows.stream().map(it -> it + "\n").toList()) + "\\.\n\n\n";
        return block(id + 1, text);
    }

    /** A block of data in one piece. */
    WrittenArchive block(int id, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        begin(1, id);
        piece(bytes, 0, bytes.length);
        number(blocks, 0);
        return this;
    }

    void begin(int type, int id) {
        blocks.write(type);
        number(blocks, id);
    }

    void piece(byte[] bytes, int offset, int length) {
        number(blocks, length);
        blocks.write(bytes, offset, length);
    }

    void end() {
        number(blocks, 0);
    }

    WrittenArchive largeObjects(int id, int object, byte[] content) {
        entry(id, "BLOBS", null, "BLOBS", "", true);
        begin(3, id);
        number(blocks, object);
        piece(content, 0, content.length);
        number(blocks, 0);
        number(blocks, 0);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("PGDMP".getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(new byte[] {1, (byte) minor, 0, 4, 8, 1});
        if (minor >= 15) {
            all.write(compression);
        } else {
            number(all, compression);
        }
        for (int part : new int[] {59, 30, 12, 21, 10, 126, 0}) {
            number(all, part);
        }
        text(all, "shop");
        text(all, "17.2");
        text(all, "17.2");
        number(all, entries);
        all.writeBytes(contents.toByteArray());
        all.writeBytes(blocks.toByteArray());
        return all.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, @Nullable String text) {
        if (text == null) {
            number(out, -1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, int value) {
        int magnitude = value < 0 ? -value : value;
        out.write(value < 0 ? 1 : 0);
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(magnitude >> shift);
        }
    }
}
