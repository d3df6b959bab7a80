/** A month of scheduled backups in skipped time, while the parts they need are away now and then. */
@NullMarked
package dev.lifeboat.workers.month;

import org.jspecify.annotations.NullMarked;
