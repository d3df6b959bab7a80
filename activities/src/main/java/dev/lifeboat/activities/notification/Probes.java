package dev.lifeboat.activities.notification;

import dev.lifeboat.configuration.ChannelSettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.model.RunName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Trying the channels of a configuration before they are needed. */
public final class Probes {

    private final Collection<ChannelSettings> channels;
    private final Message.Place place;

    public Probes(Settings settings) {
        this.channels = settings.notifications().channels().values();
        this.place = Places.of(settings);
    }

    /**
     * What one channel said.
     *
     * @param said in a sentence, without any secret
     */
    public record Probe(String channel, boolean works, String said) {}

    /** Looks at each channel and disturbs nobody. */
    public List<Probe> look() {
        return all(Channel::probe);
    }

    /** Sends each channel a message that says it is a test. */
    public List<Probe> send(RunName run) {
        Message test = Message.test(run, place);
        return all(channel -> {
            channel.tryOut(test);
            return "took a test message";
        });
    }

    private interface Look {
        String at(Channel channel) throws NotTold;
    }

    private List<Probe> all(Look look) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<Probe>> under = new LinkedHashMap<>();
            channels.forEach(it -> under.put(it.name(), threads.submit(() -> probe(it, look))));
            List<Probe> probes = new ArrayList<>();
            under.forEach((name, future) -> probes.add(outcome(name, future)));
            return probes;
        }
    }

    private static Probe probe(ChannelSettings settings, Look look) {
        try {
            return new Probe(settings.name(), true, look.at(Channel.of(settings)));
        } catch (NotTold e) {
            return new Probe(settings.name(), false, e.problem());
        }
    }

    private static Probe outcome(String name, Future<Probe> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            return new Probe(name, false, "a bug of ours: " + Sender.kind(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Probe(name, false, "the worker stopped meanwhile");
        }
    }
}
