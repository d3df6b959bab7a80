package dev.lifeboat.activities.programs;

/** The door to child processes. */
public interface Programs {

    /** Starts {@code command} for {@code owner}, whose name stands in the record that a sweep reads. */
    Child start(String owner, Command command);
}
