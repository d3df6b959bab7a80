package dev.lifeboat.repository.archive;

import java.util.Optional;

/**
 * The rest of a dump that is not understood. It is let pass: a dump that cannot be inspected can still be restored.
 *
 * @param why what is not understood, in words that follow "because"
 */
record Opaque(String version, String why) implements Stage {

    @Override
    public Optional<Stage> read(Window window) {
        window.at = window.end;
        return Optional.empty();
    }

    @Override
    public Inspection end() {
        return Inspection.notUnderstood(version, why);
    }
}
