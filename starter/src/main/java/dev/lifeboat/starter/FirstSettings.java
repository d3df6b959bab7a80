package dev.lifeboat.starter;

import java.nio.file.Path;

/** The text of a first {@code lifeboat.yml}: short, commented, and ready to be loaded. */
final class FirstSettings {

    private FirstSettings() {}

    static String text(String name, DatabaseUrl address, Path repository, String recipient, String publicKey) {
        String password = address.password().isPresent()
                ? "    password: file:%s.password".formatted(name)
                : "    # password: file:%s.password          # or env:NAME; a secret itself is refused".formatted(name);
        return """
                # What Lifeboat backs up, and where to. All keys: lifeboat.example.yml. Try it with: lifeboat check

                repositories:
                  main:
                    url: %s
                    # Who can decrypt. Add the public key of a second one that lies in a safe.
                    recipients:
                      - %s
                    identity: file:lifeboat.key             # the secret key; needed only where restores run

                # Every backup is signed, so that nobody else's passes for one of yours.
                signing:
                  key: file:signing.key                   # secret; needed only where backups are made
                  trusted:                                # whose signatures count, wherever backups are read
                    - %s

                temporal:
                  address: "127.0.0.1:7233"

                databases:
                  %s:
                    # The server itself, not a pooler.
                    url: %s
                %s
                    backup:
                      to: [main]
                """.formatted(
                quoted("file:" + repository), recipient, publicKey, name, quoted(address.withoutPassword()), password);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
