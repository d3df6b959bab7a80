package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/** Whether the newest backup of a kind is about as large as those of the same kind before it. */
public final class Trend {

    private static final String SIZE = "size";
    private static final int MEAN_OF = 7;

    private Trend() {}

    /**
     * Judges the kinds in {@code tags}, and the kind of the newest backup of all; kinds are never mixed.
     *
     * @param tolerance per cent by which it may differ from the mean; exactly so much is still none
     */
    public static List<Check> of(Shelf shelf, Set<String> tags, int tolerance) {
        List<Seen> counted = shelf.backups().stream().filter(Seen::counts).toList();
        String newest = shelf.newest().map(Seen::tag).orElse("");
        return counted.stream()
                .map(Seen::tag)
                .distinct()
                .filter(tag -> tags.contains(tag) || tag.equals(newest))
                .map(tag -> size(
                        tag, counted.stream().filter(it -> it.tag().equals(tag)).toList(), tolerance))
                .toList();
    }

    private static Check size(String tag, List<Seen> newestFirst, int tolerance) {
        Seen newest = newestFirst.getFirst();
        if (newest.plainBytes() == 0) {
            return new Check(
                    SIZE,
                    tag,
                    Verdict.FAIL,
                    "the dump of '%s' has 0 bytes".formatted(newest.backup()),
                    "make another one");
        }
        List<Seen> before = newestFirst.stream().skip(1).limit(MEAN_OF).toList();
        if (before.isEmpty()) {
            return new Check(
                    SIZE,
                    tag,
                    Verdict.PASS,
                    "'%s' with %d bytes is the first of its kind".formatted(newest.backup(), newest.plainBytes()),
                    "");
        }
        return against(tag, newest, before, tolerance);
    }

    // Multiplied and not divided: the boundary is exact, and empty dumps have no per cent.
    private static Check against(String tag, Seen newest, List<Seen> before, int tolerance) {
        BigInteger sum =
                before.stream().map(it -> BigInteger.valueOf(it.plainBytes())).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger count = BigInteger.valueOf(before.size());
        BigInteger change =
                BigInteger.valueOf(newest.plainBytes()).multiply(count).subtract(sum);
        boolean usual =
                change.abs().multiply(BigInteger.valueOf(100)).compareTo(sum.multiply(BigInteger.valueOf(tolerance)))
                        <= 0;
        String words = "the dump of '%s' has %d bytes, and the %d before it %s on average"
                .formatted(newest.backup(), newest.plainBytes(), before.size(), sum.divide(count));
        return new Check(
                SIZE,
                tag,
                usual ? Verdict.PASS : Verdict.WARN,
                words,
                usual ? "" : "see what has grown or gone: lifeboat backups show " + newest.backup());
    }
}
