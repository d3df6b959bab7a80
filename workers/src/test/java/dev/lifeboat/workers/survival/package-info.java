/** Disasters on real parts: PostgreSQL, Temporal, a repository on disk, and workers that are processes. */
@NullMarked
package dev.lifeboat.workers.survival;

import org.jspecify.annotations.NullMarked;
