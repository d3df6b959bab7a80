package dev.lifeboat.activities.notification;

import dev.lifeboat.configuration.ChannelSettings;

/** One way to tell somebody, ready to be used. */
interface Channel {

    /** Tells it and returns when that was confirmed. */
    void tell(Message message) throws NotTold;

    /**
     * Whether it keeps one alarm for each thing that a message is about, and takes it back when that is over: to be told so
     * although no alarm is open disturbs nobody.
     */
    default boolean takesBack() {
        return false;
    }

    /** Looks whether it could tell somebody, and disturbs nobody. Returns what was seen, in a sentence. */
    String probe() throws NotTold;

    /** Tells a message that only wants to be seen, and takes back what must not stay. */
    default void tryOut(Message test) throws NotTold {
        tell(test);
    }

    /** All kinds that there are: one line each. */
    static Channel of(ChannelSettings settings) {
        return switch (settings) {
            case ChannelSettings.Slack slack -> new Slack(slack);
            case ChannelSettings.Discord discord -> new Discord(discord);
            case ChannelSettings.Webhook webhook -> new Webhook(webhook);
            case ChannelSettings.PagerDuty pagerDuty -> new PagerDuty(pagerDuty);
            case ChannelSettings.Email email -> new Email(email);
        };
    }
}
