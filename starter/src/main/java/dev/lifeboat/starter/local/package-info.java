/** Servers and workers on this machine: found, fetched, started and stopped by process id. */
@NullMarked
package dev.lifeboat.starter.local;

import org.jspecify.annotations.NullMarked;
