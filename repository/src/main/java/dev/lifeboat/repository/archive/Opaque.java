package dev.lifeboat.repository.archive;

import java.util.Optional;

/** The rest of a dump whose format is not known. It is let pass: a dump that cannot be inspected can still be restored. */
record Opaque(String version) implements Stage {

    @Override
    public Optional<Stage> read(Window window) {
        window.at = window.end;
        return Optional.empty();
    }

    @Override
    public Inspection end() {
        return Inspection.notUnderstood(version);
    }
}
