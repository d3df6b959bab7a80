package dev.lifeboat.repository;

import java.util.Optional;

/** How many large objects a backup holds, with a fingerprint of all their bytes when it was taken. */
public record LargeObjects(long count, Optional<String> fingerprint) {}
