/** A worker's own address: its figures, whether it lives, and whether it is of use. */
@NullMarked
package dev.lifeboat.workers.http;

import org.jspecify.annotations.NullMarked;
