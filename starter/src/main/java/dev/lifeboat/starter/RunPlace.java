package dev.lifeboat.starter;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.workflows.connection.TemporalConnection;

/** Where a verb starts its run and shows it: the Temporal of {@code lifeboat.yml}, or a private one. */
interface RunPlace extends AutoCloseable {

    TemporalConnection temporal();

    /** How runs of this place are followed, and how their end is told. */
    Ending ending();

    /** Shows the run to its end, which is not told yet. */
    RunView follow(RunAddress address);

    @Override
    void close();

    /** The Temporal of {@code lifeboat.yml}. */
    static RunPlace ofSettings(Conventions conventions, Settings settings) {
        TemporalConnection temporal = conventions.connect(settings);
        Ending ending = new Ending(conventions, temporal, StoredDocuments.documentsOf(settings));
        return new RunPlace() {
            @Override
            public TemporalConnection temporal() {
                return temporal;
            }

            @Override
            public Ending ending() {
                return ending;
            }

            @Override
            public RunView follow(RunAddress address) {
                return ending.follow(address);
            }

            @Override
            public void close() {
                temporal.close();
            }
        };
    }
}
