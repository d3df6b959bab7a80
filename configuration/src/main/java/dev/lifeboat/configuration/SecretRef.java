package dev.lifeboat.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a secret is kept; never the secret itself. */
public sealed interface SecretRef {

    /** Where the reference is written, for messages. */
    Place place();

    /**
     * The secret, without the line end that editors add.
     *
     * @throws ConfigurationException when it is not there, empty, or may be read by others
     */
    default String read() {
        return read(System.getenv());
    }

    /** As {@link #read()}, with an environment of the caller's choice. */
    String read(Map<String, String> environment);

    /** Understands {@code env:NAME} and {@code file:PATH}; a relative path begins at the folder of the settings file. */
    static SecretRef parse(String reference, Place place) {
        try {
            return References.understand(reference, place);
        } catch (Refused e) {
            throw place.refuse(e.problem(), e.hint());
        }
    }

    /** A secret in a variable of the environment. */
    record Variable(String name, Place place) implements SecretRef {

        @Override
        public String read(Map<String, String> environment) {
            String hint = "set it for the process that needs it, as in: export %s=…".formatted(name);
            String secret = environment.get(name);
            if (secret == null) {
                throw place.refuse("the environment has no variable '%s'".formatted(name), hint);
            }
            if (secret.isBlank()) {
                throw place.refuse("the variable '%s' is empty".formatted(name), hint);
            }
            return withoutLineEnd(secret);
        }

        @Override
        public String toString() {
            return "env:" + name;
        }
    }

    /** A secret that is the whole content of a file. */
    record Stored(Path file, Place place) implements SecretRef {

        private static final int LARGEST = 1 << 16;
        private static final Set<PosixFilePermission> OTHERS =
                EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);

        @Override
        public String read(Map<String, String> environment) {
            refuseOthers();
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw refuse("is larger than 64 KiB", "name the file that holds the secret and nothing else.");
                }
                String secret = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                if (secret.isBlank()) {
                    throw refuse("is empty", "write the secret into it.");
                }
                return withoutLineEnd(secret);
            } catch (CharacterCodingException e) {
                throw refuse("is not UTF-8 text", "name the file that holds the secret and nothing else.");
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private void refuseOthers() {
            if (Files.isDirectory(file)) {
                throw refuse("is a folder", "name the file in it that holds the secret.");
            }
            // A pipe that nobody writes to would be read for ever.
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw refuse("is not a regular file", "name a file that holds the secret.");
            }
            try {
                Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
                if (granted.stream().anyMatch(OTHERS::contains)) {
                    throw refuse("may be read by others", "chmod 600 %s".formatted(file));
                }
            } catch (UnsupportedOperationException e) {
                // A file system without owners has nobody to hide from.
                return;
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private ConfigurationException unreadable(IOException e) {
            if (e instanceof NoSuchFileException) {
                return refuse("does not exist", "write the secret into it, then: chmod 600 %s".formatted(file));
            }
            String user = System.getProperty("user.name");
            return refuse("cannot be read by user '%s'".formatted(user), "see who may: ls -l %s".formatted(file));
        }

        private ConfigurationException refuse(String problem, String hint) {
            return place.refuse("the file '%s' %s".formatted(file, problem), hint);
        }

        @Override
        public String toString() {
            return "file:" + file;
        }
    }

    private static String withoutLineEnd(String secret) {
        String cut = secret.endsWith("\n") ? secret.substring(0, secret.length() - 1) : secret;
        return cut.endsWith("\r") ? cut.substring(0, cut.length() - 1) : cut;
    }
}
