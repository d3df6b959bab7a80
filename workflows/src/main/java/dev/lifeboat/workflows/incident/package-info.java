/** What is wrong for longer than a moment, from the first notice to the last. */
@NullMarked
package dev.lifeboat.workflows.incident;

import org.jspecify.annotations.NullMarked;
