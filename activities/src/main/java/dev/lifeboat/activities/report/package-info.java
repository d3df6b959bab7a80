/** The evidence of a run. */
@NullMarked
package dev.lifeboat.activities.report;

import org.jspecify.annotations.NullMarked;
