package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** One try to read what a repository has of a database: the shelf, or why there is none, in words of its own. */
public sealed interface Reading {

    /** It could be read. */
    record Done(Repository place, Shelf shelf) implements Reading {}

    /**
     * It could not.
     *
     * @param check FAIL where no backup can be had from it, INCONCLUSIVE where nobody could look
     * @param why what the store said, if it was the store
     */
    record Trouble(Check check, Optional<StoreException> why) implements Reading {

        /** Whether the same may work later. */
        public boolean mayPass() {
            return why.filter(it -> it.problem() == StoreException.Problem.UNREACHABLE)
                    .isPresent();
        }
    }

    /**
     * Reads a repository as far as anybody can.
     *
     * @param store opens the place; may throw {@link StoreException}
     */
    static Reading of(String repository, Supplier<Store> store, String database, TrustedKeys trusted) {
        try {
            Store place = store.get();
            Optional<Check> nothing = nothing(repository, place);
            if (nothing.isPresent()) {
                return new Trouble(nothing.get(), Optional.empty());
            }
            Repository opened = Repository.open(place);
            return new Done(opened, Shelf.read(repository, opened, database, trusted));
        } catch (StoreException e) {
            return new Trouble(unreadable(repository, e), Optional.of(e));
        }
    }

    private static Optional<Check> nothing(String repository, Store place) {
        if (place.read(Layout.repository()).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                place.isEmpty()
                        ? failed(
                                repository,
                                "'%s' is empty: nothing at all lies in '%s'".formatted(repository, place.url()),
                                "see whether the disk is mounted and who emptied it; then make a backup at once")
                        : failed(
                                repository,
                                "'%s' holds no repository: other things lie in '%s'".formatted(repository, place.url()),
                                "see whether its url in lifeboat.yml names the right folder or prefix"));
    }

    private static Check failed(String repository, String words, String hint) {
        return new Check("repository", repository, Verdict.FAIL, words, hint);
    }

    private static Check unreadable(String repository, StoreException e) {
        Verdict verdict = switch (e.problem()) {
            case NOT_FOUND, DAMAGED -> Verdict.FAIL;
            case DENIED, UNREACHABLE, UNSUITABLE, EXISTS, FULL -> Verdict.INCONCLUSIVE;
        };
        return new Check(
                "repository",
                repository,
                verdict,
                "'%s' cannot be read or listed: %s".formatted(repository, Objects.toString(e.getMessage())),
                e.hint());
    }
}
