/** What carries a runbook: steps, undo, approval, answers. */
@NullMarked
package dev.lifeboat.workflows.journal;

import org.jspecify.annotations.NullMarked;
