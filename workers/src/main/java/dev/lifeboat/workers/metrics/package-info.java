/** Figures about backups, computed from the repositories, so that they are right after any restart. */
@NullMarked
package dev.lifeboat.workers.metrics;

import org.jspecify.annotations.NullMarked;
