package dev.lifeboat.repository;

/** The content of {@code repository.json}. */
record RepositoryFile(String id) {

    static final int FORMAT = 1;

    RepositoryFile {
        if (id.isBlank()) {
            throw new IllegalArgumentException("the repository has no id");
        }
    }
}
