package dev.lifeboat.repository.archive;

import java.util.List;
import java.util.Optional;

/** The table of contents of a dump. */
final class Contents implements Stage {

    private static final int MOST_DEFINITIONS = 2_000_000;

    private final Format format;
    private final List<Field> fields;
    private final ArchiveNumber number = new ArchiveNumber();
    private final ArchiveText text = new ArchiveText();
    private final Definitions definitions = new Definitions();
    private final Catalog catalog = new Catalog();
    private boolean counted;
    private int entriesLeft;
    private Entry entry = new Entry();
    private int at;
    private int passed;

    Contents(Format format) {
        this.format = format;
        this.fields = Field.of(format);
    }

    @Override
    public Optional<Stage> read(Window window) {
        if (!counted) {
            if (!number.read(window)) {
                return Optional.empty();
            }
            count(window);
        }
        while (entriesLeft > 0) {
            Field field = fields.get(at);
            if (!read(field, window)) {
                return Optional.empty();
            }
            at++;
            if (at == fields.size() && !close(window)) {
                return Optional.of(new Opaque(
                        format.version(),
                        "its table of contents has data or a sequence in a form that we do not know"));
            }
        }
        return Optional.of(new Blocks(format, catalog, definitions.fingerprint()));
    }

    private void count(Window window) {
        counted = true;
        entriesLeft = number.value();
        if (entriesLeft < 0) {
            throw window.damaged("a table of contents with %,d entries".formatted(entriesLeft));
        }
    }

    private boolean read(Field field, Window window) {
        return switch (field.kind) {
            case NUMBER -> number(field, window);
            case TEXT -> text(field, window);
            case TEXTS -> texts(window);
            case BYTES -> bytes(window);
        };
    }

    private boolean number(Field field, Window window) {
        if (!number.read(window)) {
            return false;
        }
        if (field == Field.DUMP_ID) {
            entry.id = number.value();
            if (entry.id <= 0) {
                throw window.damaged("an entry has the id %d".formatted(entry.id));
            }
        } else if (field == Field.HAS_DATA) {
            entry.hasData = number.value() != 0;
        }
        return true;
    }

    private boolean text(Field field, Window window) {
        ArchiveText.Reader reader = Entry.isDefining(field) ? definitions : ArchiveText.Reader.NOBODY;
        if (!text.read(window, entry.limit(field), reader)) {
            return false;
        }
        entry.set(field, text);
        return true;
    }

    private boolean texts(Window window) {
        while (text.read(window, ArchiveText.PASS, ArchiveText.Reader.NOBODY)) {
            if (text.isNone()) {
                return true;
            }
        }
        return false;
    }

    private boolean bytes(Window window) {
        int piece = Math.min(window.left(), 1 + format.offsetWidth() - passed);
        window.at += piece;
        passed += piece;
        return passed == 1 + format.offsetWidth();
    }

    private boolean close(Window window) {
        if (entry.isSchema()) {
            definitions.keep();
        } else {
            definitions.forget();
        }
        if (definitions.count() > MOST_DEFINITIONS) {
            throw window.damaged("it defines more things than any database has");
        }
        boolean understood = catalog.add(entry, window);
        entry = new Entry();
        at = 0;
        passed = 0;
        entriesLeft--;
        return understood;
    }

    @Override
    public Inspection end() {
        throw Damage.cut("within its table of contents");
    }
}
