package dev.lifeboat.configuration;

import java.util.Locale;

/** The locale of this process, as far as it decides how numbers are written. */
public final class ProcessLocale {

    private ProcessLocale() {}

    /**
     * Numbers with the digits 0 to 9 and a decimal point from now on, on every machine: they stand in addresses, names of
     * runs and JSON, and Java takes an operator's own digits wherever his locale has some.
     */
    public static void writeNumbersAlike() {
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    }
}
