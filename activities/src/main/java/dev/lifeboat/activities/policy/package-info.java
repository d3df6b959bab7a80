/** What lifeboat.yml says, fixed for the length of a run. */
@NullMarked
package dev.lifeboat.activities.policy;

import org.jspecify.annotations.NullMarked;
