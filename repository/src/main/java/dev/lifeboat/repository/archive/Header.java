package dev.lifeboat.repository.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The beginning of a dump: which format it has, when and from what it was taken. */
final class Header implements Stage {

    private static final byte[] MAGIC = "PGDMP".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED = MAGIC.length + 6;
    private static final byte CUSTOM = 1;
    private static final int PARTS_OF_TIME = 7;
    private static final int TEXTS = 3; // database, version of the server, version of pg_dump

    private final byte[] fixed = new byte[FIXED];
    private final ArchiveNumber number = new ArchiveNumber();
    private final ArchiveText text = new ArchiveText();
    private int have;
    private int step;
    private boolean isCompressed;

    @Override
    public Optional<Stage> read(Window window) {
        while (have < FIXED && window.left() > 0) {
            fixed[have++] = window.next();
        }
        if (have < FIXED) {
            return Optional.empty();
        }
        if (!Arrays.equals(fixed, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw Damage.foreign();
        }
        int major = fixed[5] & 0xff;
        int minor = fixed[6] & 0xff;
        return Format.isKnown(major, minor)
                ? rest(window, format(minor))
                : Optional.of(new Opaque(
                        major + "." + minor,
                        "it has the archive format %d.%d, which we do not know yet".formatted(major, minor)));
    }

    private Format format(int minor) {
        int integers = fixed[8];
        int offsets = fixed[9];
        if (integers != ArchiveNumber.WIDTH || offsets < 1 || offsets > Long.BYTES || fixed[10] != CUSTOM) {
            throw Damage.foreign();
        }
        return new Format(minor, offsets);
    }

    private Optional<Stage> rest(Window window, Format format) {
        for (; step <= PARTS_OF_TIME + TEXTS; step++) {
            if (!step(window, format)) {
                return Optional.empty();
            }
            if (isCompressed) {
                return Optional.of(new Opaque(format.version(), "pg_dump compressed it, although it was asked not to"));
            }
        }
        return Optional.of(new Contents(format));
    }

    // The compression, the parts of the time, the texts.
    private boolean step(Window window, Format format) {
        if (step == 0 && format.namesCompression()) {
            if (window.left() == 0) {
                return false;
            }
            isCompressed = window.next() != 0;
            return true;
        }
        if (step <= PARTS_OF_TIME) {
            boolean isRead = number.read(window);
            isCompressed = isRead && step == 0 && number.value() != 0;
            return isRead;
        }
        return text.read(window, ArchiveText.PASS, ArchiveText.Reader.NOBODY);
    }

    @Override
    public Inspection end() {
        throw Damage.cut("within its header");
    }
}
