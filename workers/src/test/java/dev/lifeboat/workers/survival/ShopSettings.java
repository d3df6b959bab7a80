package dev.lifeboat.workers.survival;

/** What the workers of a shop are told, as text. */
final class ShopSettings {

    private ShopSettings() {}

    /** A {@code lifeboat.yml}, as {@link Shop#configure} explains. */
    static String of(Shop shop, String far, String databases) {
        return """
                repositories:
                  main: { url: "file:%1$s", recipients: [%2$s], identity: "file:%3$s", host: test, minimum-free: 1MB }
                  far: { recipients: [%2$s], identity: "file:%3$s", url: "%4$s }
                signing: { key: "file:%6$s" }
                temporal: { address: "%7$s" }
                databases:
                  orders:
                    url: "postgresql://%8$s@127.0.0.1:%9$d/orders"
                    password: "file:%10$s"
                    backup: { to: [main, far] }
                %5$s
                worker: { state: "%11$s", write-slots: 4 }
                """.formatted(
                        shop.repository(),
                        shop.identity().recipient(),
                        shop.ageKey(),
                        far,
                        databases,
                        shop.signingKey(),
                        shop.temporal().address(),
                        Shop.USER,
                        shop.postgres().port(),
                        shop.passwordFile(),
                        shop.state());
    }

    /** The lines of one more database: the same one, under another name, read by {@code user}. */
    static String alsoCalled(Shop shop, String name, String user) {
        return """
                  %s:
                    url: "postgresql://%s@127.0.0.1:%d/orders"
                    password: "file:%s"
                    backup: { to: [main] }
                """.formatted(name, user, shop.postgres().port(), shop.passwordFile());
    }
}
