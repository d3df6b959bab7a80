package dev.lifeboat.starter;

/** The {@code lifeboat} command. */
public final class Lifeboat {

    private Lifeboat() {}

    public static void main(String[] arguments) {}
}
