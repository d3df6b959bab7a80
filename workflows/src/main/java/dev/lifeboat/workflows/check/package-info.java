/** The runbook that tries everything a night's work will need. */
@NullMarked
package dev.lifeboat.workflows.check;

import org.jspecify.annotations.NullMarked;
