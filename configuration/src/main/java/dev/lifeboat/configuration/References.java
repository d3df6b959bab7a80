package dev.lifeboat.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Understands references to secrets; throws {@link Refused} without repeating what was written: it may be the secret. */
final class References {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final List<String> LATER = List.of("aws-sm:", "vault:");

    private References() {}

    static SecretRef understand(String reference, Place place) {
        if (reference.startsWith("env:")) {
            return variable(reference.substring("env:".length()), place);
        }
        if (reference.startsWith("file:")) {
            Path file = Scalar.path(reference.substring("file:".length()), folder(place));
            return new SecretRef.Stored(file, place);
        }
        LATER.stream().filter(reference::startsWith).findFirst().ifPresent(later -> {
            throw new Refused("'%s' is not supported yet".formatted(later), "write env:NAME or file:/path.");
        });
        throw new Refused(
                "not a reference to a secret",
                "write env:NAME or file:/path; a secret itself never stands in this file, so change it if it did.");
    }

    private static SecretRef variable(String name, Place place) {
        if (VARIABLE.matcher(name).matches()) {
            return new SecretRef.Variable(name, place);
        }
        throw new Refused(
                "'env:' is not followed by the name of a variable", "write env:NAME, as in env:DB1_PASSWORD.");
    }

    private static Path folder(Place place) {
        return Optional.ofNullable(place.file().toAbsolutePath().getParent()).orElse(Path.of("/"));
    }
}
