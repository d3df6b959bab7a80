/** How an activity beats, reports progress, and learns that it should stop. */
@NullMarked
package dev.lifeboat.activities.pulse;

import org.jspecify.annotations.NullMarked;
