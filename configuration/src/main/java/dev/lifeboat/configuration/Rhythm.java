package dev.lifeboat.configuration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How often backups of one kind are made, from the lowest to the highest: how long one is kept goes by it. */
public enum Rhythm {
    HOURLY,
    DAILY,
    WEEKLY,
    MONTHLY,
    YEARLY;

    /** As it is written in {@code lifeboat.yml}, in a backup's tag and in its tiers: {@code daily}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The rhythm that is written so; empty if there is none. */
    public static Optional<Rhythm> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    /** The same rhythms, the highest first. */
    public static List<Rhythm> highestFirst(List<Rhythm> rhythms) {
        return rhythms.stream().sorted(Comparator.reverseOrder()).toList();
    }
}
