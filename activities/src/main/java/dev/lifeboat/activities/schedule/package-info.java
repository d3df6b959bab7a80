/** What is due, who is at it, and what was missed: from the configuration, from Temporal, from a repository. */
@NullMarked
package dev.lifeboat.activities.schedule;

import org.jspecify.annotations.NullMarked;
