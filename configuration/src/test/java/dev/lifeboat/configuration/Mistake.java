package dev.lifeboat.configuration;

/** A file that somebody got wrong, and the beginning of the message for it. */
record Mistake(String title, String text, String message) {

    @Override
    public String toString() {
        return title;
    }
}
