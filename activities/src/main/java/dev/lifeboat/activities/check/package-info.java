/** Trying what a night's work will need. */
@NullMarked
package dev.lifeboat.activities.check;

import org.jspecify.annotations.NullMarked;
