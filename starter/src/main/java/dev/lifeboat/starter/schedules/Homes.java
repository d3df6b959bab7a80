package dev.lifeboat.starter.schedules;

import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.terminal.CommandException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The ids of the repositories that {@code lifeboat.yml} names: by them an installation knows its own schedules. */
public final class Homes {

    private final Map<String, String> ids;
    private final Map<String, CommandException> unreadable;
    private final Set<String> copiedTo;

    private Homes(Map<String, String> ids, Map<String, CommandException> unreadable, Set<String> copiedTo) {
        this.ids = Map.copyOf(ids);
        this.unreadable = Map.copyOf(unreadable);
        this.copiedTo = Set.copyOf(copiedTo);
    }

    /**
     * Asks each of them once.
     *
     * @param idOf says the id of a repository, and throws {@link CommandException} if it cannot be read
     */
    public static Homes of(Settings settings, Function<RepositorySettings, String> idOf) {
        Map<String, String> ids = new HashMap<>();
        Map<String, CommandException> unreadable = new HashMap<>();
        settings.repositories().forEach((name, repository) -> {
            try {
                ids.put(name, idOf.apply(repository));
            } catch (CommandException e) {
                unreadable.put(name, e); // a pause does not wait for it
            }
        });
        return new Homes(ids, unreadable, copiedTo(settings));
    }

    private static Set<String> copiedTo(Settings settings) {
        Set<String> names = new HashSet<>();
        settings.databases().values().forEach(it -> names.addAll(it.backup().to()));
        settings.databases().values().forEach(it -> names.remove(it.backup().home()));
        return names;
    }

    /** The id of the repository of that name; throws what kept it from being read. */
    String demand(String repository) {
        return Optional.ofNullable(ids.get(repository)).orElseThrow(() -> whyNot(repository));
    }

    /** What keeps the repository of that name from being read, if it cannot be. */
    Optional<CommandException> trouble(String repository) {
        return Optional.ofNullable(unreadable.get(repository));
    }

    private RuntimeException whyNot(String repository) {
        return trouble(repository)
                .<RuntimeException>map(it -> it)
                .orElseGet(() -> new IllegalArgumentException(repository));
    }

    /** Whether a schedule that Lifeboat made is this installation's, as far as it can be known. */
    boolean areOf(PresentSchedule schedule, List<WantedSchedule> wanted) {
        return schedule.home().filter(this::canBeHome).isPresent()
                || wanted.stream()
                        .anyMatch(it -> it.name().equals(schedule.name()) && unreadable.containsKey(it.home()));
    }

    // Where only copies go is another installation's home, if two copy to each other.
    private boolean canBeHome(String id) {
        return ids.entrySet().stream().anyMatch(it -> it.getValue().equals(id) && !copiedTo.contains(it.getKey()));
    }
}
