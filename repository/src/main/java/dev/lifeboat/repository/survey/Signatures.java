package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.verification.Check;
import java.util.List;

/** What the signatures of all backups are worth, each with the backup that it belongs to. */
public final class Signatures {

    private Signatures() {}

    /** One check for each manifest that can be read. */
    public static List<Check> of(Shelf shelf) {
        return shelf.backups().stream()
                .map(it -> new Check(
                        it.signature().name(),
                        it.backup().value(),
                        it.signature().verdict(),
                        it.signature().words(),
                        it.signature().hint()))
                .toList();
    }
}
