/** Whether a backup still is what was taken, found from its stored bytes alone. */
@NullMarked
package dev.lifeboat.repository.verification;

import org.jspecify.annotations.NullMarked;
