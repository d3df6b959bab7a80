package dev.lifeboat.repository;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.repository.signature.Judgement;
import dev.lifeboat.repository.signature.SignedDocument;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;

/** A manifest with the bytes it was read from, so that what is judged is what was read. */
public final class SignedManifest {

    private final Manifest manifest;
    private final SignedDocument document;
    private final boolean claims;

    private SignedManifest(Manifest manifest, SignedDocument document, boolean claims) {
        this.manifest = manifest;
        this.document = document;
        this.claims = claims;
    }

    /** Throws {@link StoreException} DAMAGED when these are not the bytes of the backup's manifest, UNSUITABLE when newer. */
    public static SignedManifest read(BackupId backup, byte[] bytes) {
        Key key = Layout.manifest(backup);
        JsonNode tree = Documents.tree(key, bytes, Manifest.FORMAT);
        Documents.checkKind(key, tree, Manifest.KIND, Manifest.SAYS_KIND);
        Manifest manifest = Documents.value(Manifest.class, key, tree);
        if (!manifest.backup().equals(backup)) {
            throw new StoreException(
                    DAMAGED,
                    "'%s' is damaged: it is the manifest of '%s'".formatted(key, manifest.backup()),
                    "somebody moved it: put it back where it belongs.");
        }
        return new SignedManifest(manifest, SignedDocument.of(bytes.clone()), tree.has("signature"));
    }

    /** What it says, whoever signed it. */
    public Manifest manifest() {
        return manifest;
    }

    /** What its signature is worth to somebody who trusts these keys. */
    public Judgement judge(TrustedKeys trusted) {
        return document.judge(trusted, claims);
    }
}
