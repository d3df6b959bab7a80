package dev.lifeboat.starter.terminal;

/** The few colours that mean something. */
public enum Colour {
    GOOD("32"),
    CAREFUL("33"),
    BAD("31"),
    QUIET("2"),
    STRONG("1");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    String around(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
