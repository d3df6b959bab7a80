package dev.lifeboat.workers.metrics;

/** Text from a stored document as a label: short, whatever somebody wrote there. */
final class LabelText {

    private static final int LONGEST = 200;

    private LabelText() {}

    /** The first 200 characters. */
    static String of(String said) {
        return said.length() <= LONGEST ? said : said.substring(0, LONGEST);
    }
}
