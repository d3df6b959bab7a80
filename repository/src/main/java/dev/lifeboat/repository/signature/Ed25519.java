package dev.lifeboat.repository.signature;

import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** The algorithm as the JDK has it. */
final class Ed25519 {

    static final String NAME = "Ed25519";

    /** Where the 32 bytes of the key itself begin in its PKCS#8 encoding without extras. */
    private static final int SECRET = 16;

    private static final int ENCODED = 48;

    private Ed25519() {}

    static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(NAME).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** Both halves of a secret key; throws when it is none. */
    static KeyPair pair(byte[] pkcs8) throws GeneralSecurityException {
        PrivateKey secret = KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        byte[] plain = secret.getEncoded();
        if (plain.length != ENCODED) {
            throw new GeneralSecurityException("unexpected encoding");
        }
        // The JDK computes the public half only where it makes a pair: so it makes this one, of bytes that are
        // no accident.
        KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
        generator.initialize(NamedParameterSpec.ED25519, new Given(Arrays.copyOfRange(plain, SECRET, ENCODED)));
        KeyPair pair = generator.generateKeyPair();
        if (!Arrays.equals(pair.getPrivate().getEncoded(), plain)) {
            throw new GeneralSecurityException("this JDK makes another pair of it");
        }
        return pair;
    }

    static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
        return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
    }

    static byte[] sign(PrivateKey key, byte[] content) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static boolean verifies(PublicKey key, byte[] content, byte[] signed) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(NAME);
        signature.initVerify(key);
        signature.update(content);
        return signature.verify(signed);
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("every Java from 15 has Ed25519", e);
    }

    /** Bytes that are given out instead of random ones. */
    private static final class Given extends SecureRandom {

        @Serial
        private static final long serialVersionUID = 1;

        private final byte[] bytes;

        private Given(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] wanted) {
            if (wanted.length != bytes.length) {
                throw new IllegalStateException("a key of another length was asked for");
            }
            System.arraycopy(bytes, 0, wanted, 0, bytes.length);
        }
    }
}
