package dev.lifeboat.repository.archive;

import com.dynatrace.hash4j.hashing.HashStream128;
import dev.lifeboat.repository.archive.Catalog.Block;
import dev.lifeboat.repository.archive.Catalog.Objects;
import dev.lifeboat.repository.archive.Catalog.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The data of a dump: blocks of rows or of large objects, each in pieces with their length before them. */
final class Blocks implements Stage {

    private static final byte DATA = 1;
    private static final byte OBJECTS = 3;

    private final Format format;
    private final Catalog catalog;
    private final String schemaFingerprint;
    private final ArchiveNumber number = new ArchiveNumber();
    private final List<TableData> tables = new ArrayList<>();
    private final RowSums objects = new RowSums();
    private final HashStream128 object = RowSums.HASHER.hashStream();
    private boolean hasObjects;
    private Awaited awaited = Awaited.BLOCK;
    private byte type;
    private Rows table = new Rows("", "");
    private CopyText text = new CopyText();
    private int left;

    private enum Awaited {
        BLOCK,
        ID,
        OBJECT,
        LENGTH,
        PIECE
    }

    Blocks(Format format, Catalog catalog, String schemaFingerprint) {
        this.format = format;
        this.catalog = catalog;
        this.schemaFingerprint = schemaFingerprint;
    }

    @Override
    public Optional<Stage> read(Window window) {
        while (window.left() > 0) {
            if (awaited == Awaited.PIECE) {
                piece(window);
            } else if (awaited == Awaited.BLOCK) {
                type = window.next();
                if (type != DATA && type != OBJECTS) {
                    throw window.damaged("a block of data of the unknown kind %d".formatted(type));
                }
                awaited = Awaited.ID;
            } else if (number.read(window)) {
                number(number.value(), window);
            }
        }
        return Optional.empty();
    }

    private void number(int value, Window window) {
        switch (awaited) {
            case LENGTH -> length(value, window);
            case OBJECT -> object(value);
            case ID -> open(value, window);
            case BLOCK, PIECE -> throw new IllegalStateException("no number is awaited");
        }
    }

    private void open(int id, Window window) {
        Optional<Block> block = catalog.take(id);
        if (type == OBJECTS && block.isPresent() && block.get() instanceof Objects) {
            hasObjects = true;
            awaited = Awaited.OBJECT;
        } else if (type == DATA && block.isPresent() && block.get() instanceof Rows rows) {
            table = rows;
            text = new CopyText();
            awaited = Awaited.LENGTH;
        } else {
            throw window.damaged("a block of data has the id %d, which is not expected".formatted(id));
        }
    }

    private void object(int id) {
        if (id == 0) {
            awaited = Awaited.BLOCK;
            return;
        }
        object.reset();
        for (int shift = 24; shift >= 0; shift -= 8) {
            object.putByte((byte) (id >> shift));
        }
        awaited = Awaited.LENGTH;
    }

    private void length(int length, Window window) {
        if (length < 0) {
            throw window.damaged("a piece of %,d bytes".formatted(length));
        }
        left = length;
        if (length > 0) {
            awaited = Awaited.PIECE;
        } else if (type == DATA) {
            close(window);
        } else {
            objects.add(object.get());
            awaited = Awaited.OBJECT;
        }
    }

    private void piece(Window window) {
        int piece = Math.min(window.left(), left);
        if (type == DATA) {
            text.add(window.bytes, window.at, piece);
        } else {
            object.putBytes(window.bytes, window.at, piece);
        }
        window.at += piece;
        left -= piece;
        if (left == 0) {
            awaited = Awaited.LENGTH;
        }
    }

    private void close(Window window) {
        if (!text.isClosed()) {
            throw window.damaged("the rows of table \"%s\".\"%s\" do not end as they should"
                    .formatted(table.schema(), table.name()));
        }
        RowSums sums = text.sums();
        tables.add(new TableData(table.schema(), table.name(), sums.rows(), sums.fingerprint()));
        awaited = Awaited.BLOCK;
    }

    @Override
    public Inspection end() {
        if (awaited != Awaited.BLOCK) {
            throw Damage.cut("within a block of data");
        }
        // Nothing marks the end of a dump: a cut between two blocks shows by what is missing only.
        if (catalog.missing() > 0) {
            throw Damage.cut("before %,d of its blocks of data".formatted(catalog.missing()));
        }
        tables.sort(Comparator.comparing(TableData::schema).thenComparing(TableData::name));
        return new Inspection(
                format.version(),
                Optional.empty(),
                tables,
                hasObjects ? Optional.of(new LargeObjects(objects.rows(), objects.fingerprint())) : Optional.empty(),
                catalog.sequences(),
                schemaFingerprint,
                catalog.relations());
    }
}
