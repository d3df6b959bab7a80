/** Take, look, commit, sweep. */
@NullMarked
package dev.lifeboat.activities.backup;

import org.jspecify.annotations.NullMarked;
