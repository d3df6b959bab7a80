package dev.lifeboat.activities;

import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.RunName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The documents of one run, in its folder below the reports of a repository. The first one of a name stays. */
public final class Documents {

    private final Repository repository;
    private final String repositoryName;
    private final RunName run;

    public Documents(Repository repository, String repositoryName, RunName run) {
        this.repository = repository;
        this.repositoryName = repositoryName;
        this.run = run;
    }

    /** Stores {@code content} unless a document of that name is there; returns the one that is there afterwards. */
    public Document store(String name, byte[] content) {
        Key key = Layout.report(run.value(), name);
        boolean ours = repository.store().create(key, content);
        return document(key, ours ? content : repository.store().read(key).orElse(content));
    }

    private Document document(Key key, byte[] content) {
        return new Document(repositoryName, key.value(), sha256(content), content.length);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
