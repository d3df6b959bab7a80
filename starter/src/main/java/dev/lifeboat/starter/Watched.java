package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.repository.survey.Ages;
import dev.lifeboat.repository.survey.Reading;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import dev.lifeboat.repository.verification.Verification;
import dev.lifeboat.starter.terminal.Colour;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the watchdog saw: for each database and each of its repositories the newest backup, or why there is none. */
record Watched(List<Finding> findings) {

    /** @param newest the newest backup that counts, if one could be seen */
    record Finding(String database, String repository, Check check, Optional<String> newest) {}

    /** Reads what the repositories hold; a repository that cannot be read is a finding, and hides no other. */
    static Watched look(Settings settings, List<String> databases, Duration maxAge, Instant now) {
        TrustedKeys trusted = TrustedKeys.of(settings.signing());
        List<Finding> findings = new ArrayList<>();
        for (String database : databases) {
            for (String repository : settings.database(database).backup().to()) {
                findings.addAll(look(settings.repository(repository), database, trusted, maxAge, now));
            }
        }
        return new Watched(List.copyOf(findings));
    }

    private static List<Finding> look(
            RepositorySettings repository, String database, TrustedKeys trusted, Duration maxAge, Instant now) {
        Reading reading = Reading.of(repository.name(), () -> open(repository), database, trusted);
        return switch (reading) {
            case Reading.Trouble trouble ->
                List.of(new Finding(database, repository.name(), trouble.check(), Optional.empty()));
            case Reading.Done done -> {
                Optional<String> newest =
                        done.shelf().newest().map(it -> it.backup().value());
                List<Check> checks = new ArrayList<>(Ages.of(done.shelf(), Map.of(Ages.ANY, maxAge), now));
                done.shelf()
                        .newest()
                        .map(it -> it.signature())
                        .filter(it -> it.verdict() != Verdict.PASS)
                        .ifPresent(checks::add);
                yield checks.stream()
                        .map(it -> new Finding(database, repository.name(), it, newest))
                        .toList();
            }
        };
    }

    // A secret that is not there hides one repository, and not the others.
    private static Store open(RepositorySettings repository) {
        try {
            return Stores.open(repository.location(), StoreRight.READ);
        } catch (ConfigurationException e) {
            throw new StoreException(
                    StoreException.Problem.DENIED,
                    e.problems().getFirst().problem(),
                    e.problems().getFirst().hint(),
                    e);
        }
    }

    Verdict verdict() {
        return Verification.worst(findings.stream().map(Finding::check).toList());
    }

    /** Of each database the worst that was seen. */
    Map<String, Verdict> verdicts() {
        Map<String, List<Check>> checks = new LinkedHashMap<>();
        findings.forEach(it -> checks.computeIfAbsent(it.database(), database -> new ArrayList<>())
                .add(it.check()));
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        checks.forEach((database, all) -> verdicts.put(database, Verification.worst(all)));
        return verdicts;
    }

    /** What is bad about a database, as {@code repository/check/verdict}. */
    Set<String> troubles(String database) {
        return findings.stream()
                .filter(it -> it.database().equals(database))
                .filter(it -> it.check().verdict() == Verdict.FAIL || it.check().verdict() == Verdict.INCONCLUSIVE)
                .map(it -> "%s/%s/%s"
                        .formatted(
                                it.repository(),
                                it.check().name(),
                                it.check().verdict().name()))
                .collect(Collectors.toSet());
    }

    /** One line a finding, and the hint in it: a cron's mail has one line of use. */
    List<String> lines(Terminal terminal) {
        return findings.stream()
                .map(it -> "%s %s in %s: %s%s"
                        .formatted(
                                terminal.paintResult(
                                        colour(it.check().verdict()),
                                        "%-12s".formatted(it.check().verdict())),
                                it.database(),
                                it.repository(),
                                Terminal.clean(it.check().words()),
                                hint(it.check())))
                .toList();
    }

    ObjectNode document(Duration maxAge, boolean pinged) {
        ObjectNode document = Json.object()
                .put("verdict", verdict().name())
                .put("maxAge", maxAge.toString())
                .put("pinged", pinged);
        ArrayNode array = document.putArray("findings");
        findings.forEach(it -> array.addObject()
                .put("database", it.database())
                .put("repository", it.repository())
                .put("check", it.check().name())
                .put("verdict", it.check().verdict().name())
                .put("newest", it.newest().orElse(null))
                .put("words", it.check().words())
                .put("hint", it.check().hint()));
        return document;
    }

    private static String hint(Check check) {
        return check.verdict() == Verdict.PASS || check.hint().isEmpty()
                ? ""
                : "; " + Terminal.clean(check.hint().replaceAll("[.\\s]+$", ""));
    }

    private static Colour colour(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Colour.GOOD;
            case WARN, INCONCLUSIVE -> Colour.CAREFUL;
            case FAIL -> Colour.BAD;
        };
    }
}
