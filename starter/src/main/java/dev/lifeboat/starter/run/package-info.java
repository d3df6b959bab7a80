/** Runs as Temporal remembers them: found by name, read from history, watched. */
@NullMarked
package dev.lifeboat.starter.run;

import org.jspecify.annotations.NullMarked;
