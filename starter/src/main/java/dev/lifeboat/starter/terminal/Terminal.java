package dev.lifeboat.starter.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Where the command writes: results to standard output, everything else to standard error, both in UTF-8 whatever the
 * locale. A progress line is rewritten in place on a terminal, and printed at most every five seconds elsewhere.
 */
public final class Terminal {

    private static final long PLAIN_PROGRESS_NANOS = 5_000_000_000L;
    // Control, format (directions, joiners, zero width, tags), private, unassigned, half a pair; and what is drawn as
    // nothing or as a blank although it is a letter, a mark or a symbol.
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800"
                    + "\\u3164\\uFFA0\\uFE00-\\uFE0F\\x{E0100}-\\x{E01EF}]");
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final PrintStream err;
    private final Shape shape;
    private final LongSupplier nanoTime;
    private boolean lineIsOpen;
    private long nextPlainProgress = Long.MIN_VALUE;

    /**
     * What is at the other end.
     *
     * @param columns width of the terminal behind standard error
     */
    public record Shape(
            boolean inIsTerminal, boolean outIsTerminal, boolean errIsTerminal, boolean colour, int columns) {

        public static final Shape PLAIN = new Shape(false, false, false, false, 100);

        /** As the launcher found it; without the launcher nothing counts as a terminal. */
        public static Shape ofProcess(Map<String, String> environment) {
            boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty()
                    && !environment.getOrDefault("TERM", "").equals("dumb");
            return new Shape(
                    Boolean.getBoolean("lifeboat.terminal.in"),
                    Boolean.getBoolean("lifeboat.terminal.out"),
                    Boolean.getBoolean("lifeboat.terminal.err"),
                    colour,
                    Math.max(20, Integer.getInteger("lifeboat.terminal.columns", 100)));
        }
    }

    public Terminal(PrintStream out, PrintStream err, Shape shape, LongSupplier nanoTime) {
        this.out = out;
        this.err = err;
        this.shape = shape;
        this.nanoTime = nanoTime;
    }

    /** The process's own standard output and standard error. */
    public static Terminal ofProcess(Map<String, String> environment) {
        return new Terminal(
                utf8(FileDescriptor.out), utf8(FileDescriptor.err), Shape.ofProcess(environment), System::nanoTime);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    public Shape shape() {
        return shape;
    }

    /** A line of the result. */
    public synchronized void print(String line) {
        closeLine();
        out.println(line);
    }

    /** A line beside the result: notices, progress, errors. */
    public synchronized void say(String line) {
        closeLine();
        err.println(line);
    }

    /** Shows {@code line} instead of the last progress line. Elsewhere than on a terminal most are left out. */
    public synchronized void progress(String line) {
        if (shape.errIsTerminal()) {
            err.print(ERASE + cut(line, shape.columns() - 1));
            err.flush();
            lineIsOpen = true;
            return;
        }
        long now = nanoTime.getAsLong();
        if (now >= nextPlainProgress) {
            nextPlainProgress = now + PLAIN_PROGRESS_NANOS;
            err.println(line);
        }
    }

    /** The text in a colour, on standard error; plain where colours are not wanted. */
    public String paint(Colour colour, String text) {
        return shape.errIsTerminal() && shape.colour() ? colour.around(text) : text;
    }

    /** The text in a colour, on standard output; plain where colours are not wanted. */
    public String paintResult(Colour colour, String text) {
        return shape.outIsTerminal() && shape.colour() ? colour.around(text) : text;
    }

    /**
     * Text from elsewhere, on one line, without anything that a terminal would obey, and without what cannot be seen: two
     * names that look the same are the same.
     */
    public static String clean(String text) {
        return UNSEEN.matcher(text.replaceAll("\\R+", " ")).replaceAll("?");
    }

    private void closeLine() {
        if (lineIsOpen) {
            err.print(ERASE);
            err.flush();
            lineIsOpen = false;
        }
    }

    private static String cut(String line, int width) {
        return line.codePointCount(0, line.length()) <= width
                ? line
                : line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
    }
}
